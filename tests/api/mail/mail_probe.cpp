#include "api/mail/letter_composer.hpp"
#include "api/mail/mail_composer.hpp"
#include "api/mail/mailer.hpp"
#include "api/mail/message_store.hpp"

#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

// Composes a mail, draws a letter, or sends a mail, as a JSON object on standard input tells; for
// tests in Python.

namespace {

using namespace creneau::mail;
using nlohmann::json;

creneau::qr::PassBytes pass_of(const json& bytes) {
    creneau::qr::PassBytes pass{};
    for (std::size_t i = 0; i < pass.size(); ++i) {
        pass.at(i) = bytes.at(i).get<std::uint8_t>();
    }
    return pass;
}

std::chrono::sys_seconds instant(const json& seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds.get<std::int64_t>()));
}

SeriesCalendar series_of(const json& made) {
    SeriesCalendar series{made.at("id"),
                          made.at("sequence"),
                          made.at("start_time"),
                          made.at("end_time"),
                          0,
                          "Europe/Paris",
                          {}};
    for (const json& date : made.at("dates")) {
        series.dates.push_back({date.at("booking_id"), date.at("sequence"), date.at("date"),
                                date.at("status"), instant(date.at("start")),
                                instant(date.at("end")), "Répétition", date.at("room"),
                                "LCR Danton", "3 rue Danton"});
    }
    return series;
}

int compose(const json& input) {
    ClaimedMail mail;
    mail.id = input.at("id");
    mail.template_word = input.at("template");
    mail.facts = input.at("facts").dump();
    mail.created_at =
        std::chrono::sys_seconds(std::chrono::seconds(input.at("created_at").get<std::int64_t>()));
    mail.to_address = input.at("to_address");
    mail.to_name = input.at("to_name");
    mail.locale = input.at("locale");
    mail.town_key = input.at("town_key");
    for (const json& series : input.value("series", json::array())) {
        mail.series.push_back(series_of(series));
    }
    std::optional<creneau::qr::PassBytes> pass;
    if (input.contains("pass")) {
        pass = pass_of(input.at("pass"));
    }
    const auto from = parse_mailbox(input.at("from").get<std::string>());
    const auto composed = compose_mail(mail, from.value(), pass);
    if (!composed) {
        std::cerr << composed.error().field << ' ' << composed.error().detail << '\n';
        return 1;
    }
    std::cout << composed->message;
    return 0;
}

int draw(const json& input) {
    KeptMessage message;
    message.template_word = input.at("template");
    message.facts = input.at("facts").dump();
    message.created_at =
        std::chrono::sys_seconds(std::chrono::seconds(input.at("created_at").get<std::int64_t>()));
    message.to_name = input.at("to_name");
    message.postal_address = input.at("postal_address");
    message.locale = input.at("locale");
    message.town_zone = "Europe/Paris";
    message.credential_id = 1;
    LetterPass pass;
    if (!input.at("pass").is_null()) {
        pass.bytes = pass_of(input.at("pass"));
    }
    pass.withheld = input.value("withheld", false);
    const auto letter = compose_letter(message, pass);
    if (!letter) {
        std::cerr << letter.error().field << ' ' << letter.error().detail << '\n';
        return 1;
    }
    std::cout << *letter;
    return 0;
}

std::string word_of(SendFault fault) {
    switch (fault) {
        case SendFault::transient:
            return "transient";
        case SendFault::permanent:
            return "permanent";
        case SendFault::stopped:
            return "stopped";
    }
    return "";
}

json send(const json& input) {
    MailSettings settings;
    const json& given = input.at("settings");
    settings.from = given.value("from", "");
    settings.maildir = given.value("maildir", "");
    settings.smtp_url = given.value("smtp_url", "");
    settings.smtp_user = given.value("smtp_user", "");
    settings.smtp_password_file = given.value("smtp_password_file", "");
    settings.smtp_ca_file = given.value("smtp_ca_file", "");
    settings.connect_timeout = std::chrono::milliseconds(given.value("connect_timeout_ms", 10'000));
    settings.total_timeout = std::chrono::milliseconds(given.value("total_timeout_ms", 20'000));
    const auto mailer = make_mailer(settings);
    if (!mailer) {
        return {{"result", "settings"}, {"reason", mailer.error().field}};
    }
    const Envelope envelope{input.at("from"), input.at("to"), input.at("message_id"),
                            std::chrono::sys_seconds(std::chrono::seconds(1'795'300'000))};
    const auto sent =
        (*mailer)->send(envelope, input.at("message").get<std::string>(), std::stop_token());
    return sent ? json{{"result", "sent"}, {"reason", ""}}
                : json{{"result", word_of(sent.error().fault)}, {"reason", sent.error().reason}};
}

}  // namespace

int main(int argc, char** argv) {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const json input = json::parse(text);
    if (argc > 1 && std::string(argv[1]) == "compose") {
        return compose(input);
    }
    if (argc > 1 && std::string(argv[1]) == "letter") {
        return draw(input);
    }
    std::cout << send(input).dump() << '\n';
    return 0;
}
