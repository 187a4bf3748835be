#pragma once

#include <string>

namespace creneau::support {

/// A private PostgreSQL 15 server: one per test program, started by the first test that needs it,
/// gone when the program ends, however it ends.
class PrivatePostgres {
  public:
    static PrivatePostgres& instance();

    /// A libpq conninfo of that database.
    std::string conninfo(const std::string& database) const;

    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

  private:
    PrivatePostgres();
    ~PrivatePostgres();

    int leash_ = -1;  // the server stops when this pipe closes
    int server_ = -1;
    std::string conninfo_;
};

}  // namespace creneau::support
