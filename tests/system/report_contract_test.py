"""Statistics against the OpenAPI document, through the validating proxy."""

import unittest

from contract_case import ContractCase


class ReportContract(ContractCase):
    def test_reports_are_as_described(self):
        start, end = self.slot(11)
        booking = self.stack.book(self.booker, start, end)["id"]
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking}/approve", {})
        period = f"from={start[:4]}-01-01&to={int(start[:4]) + 1}-12-31"
        for by in ("room", "association", "kind", "month", "weekday"):
            used = self.office.expect(200, "GET", f"/api/v1/reports/usage?{period}&by={by}")["total"]
            self.assertGreater(used["minutes"], 0)
        decided = self.office.expect(200, "GET", f"/api/v1/reports/decisions?{period}")["total"]
        self.assertGreater(decided["approved"], 0)
        self.booker.expect(403, "GET", f"/api/v1/reports/decisions?{period}")


if __name__ == "__main__":
    unittest.main()
