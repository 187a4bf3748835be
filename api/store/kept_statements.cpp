#include "api/store/kept_statements.hpp"

#include <memory>
#include <string>
#include <utility>

namespace creneau::store {
namespace {

using sqlite_api::sqlite3_stmt;

/// Borrows its compiled statement instead of making and destroying one. A text that runs inside a
/// run of itself gets a second statement.
class KeepingStatement : public soci::details::statement_backend {
  public:
    KeepingStatement(soci::sqlite3_statement_backend* inner, KeptStatements& kept)
        : inner_(inner), kept_(kept) {}
    ~KeepingStatement() override { return_statement(); }
    KeepingStatement(const KeepingStatement&) = delete;
    KeepingStatement& operator=(const KeepingStatement&) = delete;

    void prepare(const std::string& query, soci::details::statement_type type) override {
        clean_up();
        text_ = query;
        inner().stmt_ = kept_.take(query);
        if (inner().stmt_ == nullptr) {
            inner_->prepare(query, type);
        }
        inner().databaseReady_ = true;
    }

    void clean_up() override {
        return_statement();
        inner_->clean_up();
    }

    void alloc() override { inner_->alloc(); }
    exec_fetch_result execute(int number) override { return inner_->execute(number); }
    exec_fetch_result fetch(int number) override { return inner_->fetch(number); }
    long long get_affected_rows() override { return inner_->get_affected_rows(); }
    int get_number_of_rows() override { return inner_->get_number_of_rows(); }
    std::string get_parameter_name(int index) const override {
        return inner_->get_parameter_name(index);
    }
    std::string rewrite_for_procedure_call(const std::string& query) override {
        return inner_->rewrite_for_procedure_call(query);
    }
    int prepare_for_describe() override { return inner_->prepare_for_describe(); }
    void describe_column(int number, soci::data_type& type, std::string& name) override {
        inner_->describe_column(number, type, name);
    }
    soci::details::standard_into_type_backend* make_into_type_backend() override {
        return inner_->make_into_type_backend();
    }
    soci::details::standard_use_type_backend* make_use_type_backend() override {
        return inner_->make_use_type_backend();
    }
    soci::details::vector_into_type_backend* make_vector_into_type_backend() override {
        return inner_->make_vector_into_type_backend();
    }
    soci::details::vector_use_type_backend* make_vector_use_type_backend() override {
        return inner_->make_vector_use_type_backend();
    }

  private:
    soci::sqlite3_statement_backend& inner() {
        return static_cast<soci::sqlite3_statement_backend&>(*inner_);
    }

    void return_statement() {
        if (auto* statement = std::exchange(inner().stmt_, nullptr); statement != nullptr) {
            inner().databaseReady_ = false;
            kept_.give_back(std::move(text_), statement);
        }
    }

    // Calls go through the base: the class of SOCI exports its table of functions only.
    std::unique_ptr<soci::details::statement_backend> inner_;
    KeptStatements& kept_;
    std::string text_;
};

}  // namespace

KeptStatements::~KeptStatements() {
    for (const auto& kept : idle_) {
        sqlite_api::sqlite3_finalize(kept.statement);
    }
}

sqlite3_stmt* KeptStatements::take(const std::string& text) {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) {
        return nullptr;
    }
    const auto kept = found->second;
    auto* statement = kept->statement;
    by_text_.erase(found);
    idle_.erase(kept);
    return statement;
}

void KeptStatements::give_back(std::string text, sqlite3_stmt* statement) {
    sqlite_api::sqlite3_reset(statement);
    sqlite_api::sqlite3_clear_bindings(statement);
    if (by_text_.contains(text)) {
        sqlite_api::sqlite3_finalize(statement);
        return;
    }
    idle_.push_front({std::move(text), statement});
    by_text_.emplace(idle_.front().text, idle_.begin());
    if (idle_.size() > kKept) {
        sqlite_api::sqlite3_finalize(idle_.back().statement);
        by_text_.erase(idle_.back().text);
        idle_.pop_back();
    }
}

KeepingSession::KeepingSession(const soci::connection_parameters& parameters)
    : inner_(static_cast<soci::sqlite3_session_backend*>(
          soci::factory_sqlite3()->make_session(parameters))) {}

soci::details::statement_backend* KeepingSession::make_statement_backend() {
    return new KeepingStatement(inner_->make_statement_backend(), kept_);
}

soci::details::rowid_backend* KeepingSession::make_rowid_backend() {
    return inner_->make_rowid_backend();
}

soci::details::blob_backend* KeepingSession::make_blob_backend() {
    return inner_->make_blob_backend();
}

}  // namespace creneau::store
