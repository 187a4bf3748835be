#include "api/bounces_command.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/messages/take_bounce.hpp"
#include "api/config.hpp"
#include "api/estate/town_store.hpp"
#include "api/mail/bounce.hpp"
#include "api/store/migrator.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau {

namespace {

namespace fs = std::filesystem;
using booking::BounceTaken;

constexpr int kDone = 0;
constexpr int kRefused = 1;

/// The files of a Maildir in the order of their names, or the one file.
std::vector<fs::path> mails_of(const fs::path& source) {
    if (!fs::is_directory(source / "new")) {
        return {source};
    }
    std::vector<fs::path> files;
    for (const char* folder : {"new", "cur"}) {
        if (fs::is_directory(source / folder)) {
            for (const auto& entry : fs::directory_iterator(source / folder)) {
                files.push_back(entry.path());
            }
        }
    }
    std::ranges::sort(files);
    return files;
}

/// No more than a bounce may hold, and one byte.
std::string read_all(std::istream& in) {
    std::string text(mail::kLongestBounce + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

std::optional<std::string> text_of(const fs::path& file) {
    if (file == "-") {
        return read_all(std::cin);
    }
    std::ifstream in(file, std::ios::binary);
    if (!in || !fs::is_regular_file(file)) {
        return std::nullopt;
    }
    return read_all(in);
}

BounceTaken take(const Config& config, store::Writer& writer, const mail::Bounce& bounce) {
    const auto taken = writer.run([&](store::Session& session) -> tl::expected<BounceTaken, bool> {
        store::require_current_schema(session);
        const booking::TownId town{estate::find_town(session, config.town)};
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return booking::take_bounce(session,
                                    {town, bounce.message, bounce.token, bounce.status, now});
    });
    if (!taken) {
        throw store::StoreError("a bounce was not written");
    }
    return taken->value_or(BounceTaken::unknown);
}

void print(const fs::path& file, const mail::Bounce& bounce, BounceTaken taken) {
    std::cout << file.string() << ": ";
    switch (taken) {
        case BounceTaken::noted:
            std::cout << "message " << bounce.message << " came back, " << bounce.status << "\n";
            return;
        case BounceTaken::known:
            std::cout << "message " << bounce.message << " came back, known already\n";
            return;
        case BounceTaken::unknown:
            std::cout << "passed over, no mail that left has this Message-ID\n";
            return;
    }
}

}  // namespace

int bounces_command(const Config& config, const fs::path& source) {
    store::Writer writer(config.database, {.limits = {}, .town_id = {}, .report = {}});
    bool all_read = true;
    for (const fs::path& file : mails_of(source)) {
        const auto text = text_of(file);
        if (!text) {
            std::cerr << file.string() << ": cannot be read: a mail or a Maildir is wanted\n";
            all_read = false;
            continue;
        }
        const auto bounce = mail::read_bounce(*text);
        if (bounce) {
            print(file, *bounce, take(config, writer, *bounce));
        } else {
            std::cout << file.string() << ": passed over, " << mail::words_of(bounce.error())
                      << "\n";
        }
    }
    return all_read ? kDone : kRefused;
}

}  // namespace creneau
