#include "api/mail/smtp_target.hpp"

#include <gtest/gtest.h>

namespace creneau::mail {
namespace {

struct TlsRow {
    const char* name;
    const char* url;
    bool has_ca_file;
    Tls tls;
};

class TlsRule : public testing::TestWithParam<TlsRow> {};

TEST_P(TlsRule, LeavesPlainTextToThisMachineAlone) {
    const auto target = parse_smtp_url(GetParam().url, GetParam().has_ca_file);
    ASSERT_TRUE(target) << sentence_for(target.error());
    EXPECT_EQ(target->tls, GetParam().tls);
    EXPECT_EQ(target->url, GetParam().url);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TlsRule,
    testing::Values(
        TlsRow{"loopback", "smtp://127.0.0.1:2525", false, Tls::none},
        TlsRow{"all_of_127", "smtp://127.45.0.2:2525", false, Tls::none},
        TlsRow{"loopback_v6", "smtp://[::1]:25", false, Tls::none},
        TlsRow{"localhost", "smtp://localhost", false, Tls::none},
        TlsRow{"loopback_with_anchor", "smtp://127.0.0.1:25", true, Tls::starttls},
        TlsRow{"loopback_smtps", "smtps://127.0.0.1:465", false, Tls::immediate},
        TlsRow{"name", "smtp://mail.example.org:587", false, Tls::starttls},
        TlsRow{"name_like_localhost", "smtp://localhost.example.org", false, Tls::starttls},
        TlsRow{"name_like_address", "smtp://127.0.0.1.example.org", false, Tls::starttls},
        TlsRow{"private_address", "smtp://10.0.0.1:25", false, Tls::starttls},
        TlsRow{"neighbour_of_loopback", "smtp://128.0.0.1:25", false, Tls::starttls},
        TlsRow{"other_v6", "smtp://[fd00::1]:25", false, Tls::starttls},
        TlsRow{"mapped_v4", "smtp://[::ffff:10.0.0.1]:25", false, Tls::starttls},
        TlsRow{"smtps", "smtps://mail.example.org", false, Tls::immediate}),
    [](const auto& row) { return row.param.name; });

struct RefusedRow {
    const char* name;
    const char* url;
    SmtpTargetError error;
};

class RefusedTarget : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedTarget, SaysWhy) {
    const auto target = parse_smtp_url(GetParam().url, false);
    ASSERT_FALSE(target) << target->url;
    EXPECT_EQ(target.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedTarget,
    testing::Values(
        RefusedRow{"empty", "", SmtpTargetError::not_a_url},
        RefusedRow{"no_scheme", "mail.example.org", SmtpTargetError::not_a_url},
        RefusedRow{"line_end", "smtp://mail.example.org\r\nX", SmtpTargetError::not_a_url},
        RefusedRow{"port_too_large", "smtp://mail.example.org:70000", SmtpTargetError::not_a_url},
        RefusedRow{"http", "http://mail.example.org", SmtpTargetError::wrong_scheme},
        RefusedRow{"file", "file:///etc/passwd", SmtpTargetError::wrong_scheme},
        RefusedRow{"password", "smtp://a:b@mail.example.org",
                   SmtpTargetError::more_than_host_and_port},
        RefusedRow{"path", "smtp://mail.example.org/x", SmtpTargetError::more_than_host_and_port},
        RefusedRow{"query", "smtp://mail.example.org?x", SmtpTargetError::more_than_host_and_port}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::mail
