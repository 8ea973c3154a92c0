"""The Django shell: one app for each place where the record is kept; a later one may use an earlier one."""
