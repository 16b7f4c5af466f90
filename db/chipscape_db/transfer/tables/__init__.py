"""Tables from anywhere - CSV, TSV, XLSX - read, mapped to facts, compared with the base and brought in as one step."""
