-- Who works for the town is asked at each request: those on its staff and their line managers.
CREATE INDEX staff_line_manager ON staff(line_manager_id);
