"""The week: visits, meetings, calls, tasks and next steps by day, what is overdue, which response clocks are due."""
