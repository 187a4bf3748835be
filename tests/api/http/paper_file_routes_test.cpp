#include "api/http/paper_file_routes.hpp"

#include "api/booking/papers/paper_folder.hpp"
#include "api/http/body_limits.hpp"
#include "api/http/paper_routes.hpp"
#include "tests/api/booking/papers/sample_files.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

namespace creneau::http {
namespace {

using namespace booking::samples;
using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kOffice;
using booking::kOtherOffice;

class PaperFileRoutes : public CalledRoutes {
  protected:
    PaperFileRoutes()
        : folder_(std::make_shared<const booking::PaperFolder>(
              std::filesystem::path(database_.folder()) / "papers")) {
        folder_->prepare();
        add_paper_routes(routes_);
        add_paper_file_routes(routes_, folder_, nullptr);
    }

    std::string new_paper(booking::PersonId actor = kCamille) {
        const auto paper = expect(201, actor, "POST", "/api/v1/associations/1/papers",
                                  {{"kind", "insurance"}, {"valid_from", "2026-01-01"}});
        return "/api/v1/papers/" + paper["id"].dump();
    }
    Response send(booking::PersonId person, const std::string& paper, const std::string& bytes,
                  const std::string& type = "application/pdf", const std::string& name = "") {
        Call sent{person, "PUT", paper + "/file", nullptr, {{"content-type", type}}, {}};
        if (!name.empty()) {
            sent.headers.emplace_back("content-disposition", name);
        }
        sent.raw = bytes;
        return call(sent);
    }
    Response fetch(booking::PersonId person, const std::string& paper,
                   const std::string& range = "") {
        Call wanted{person, "GET", paper + "/file"};
        if (!range.empty()) {
            wanted.headers.emplace_back("range", range);
        }
        return call(wanted);
    }
    Response accept(const std::string& paper, const std::string& read) {
        Call wanted{kOffice, "POST", paper + "/accept", nlohmann::json::object()};
        if (!read.empty()) {
            wanted.headers.emplace_back("if-match", read);
        }
        return call(wanted);
    }
    static std::string header(const Response& response, const std::string& name) {
        const auto found =
            std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
        return found == response.headers.end() ? "" : found->second;
    }
    std::size_t files() {
        using Entries = std::filesystem::directory_iterator;
        return static_cast<std::size_t>(std::distance(Entries(folder_->path()), Entries()));
    }

    std::shared_ptr<const booking::PaperFolder> folder_;
};
CRENEAU_ON_BOTH_ENGINES(PaperFileRoutes);

TEST_P(PaperFileRoutes, TakeAFileAndGiveItBackAsADownloadOnly) {
    const auto paper = new_paper();
    const auto sent = send(kCamille, paper, pdf(), "application/pdf",
                           "attachment; filename*=UTF-8''..%2FR%C3%A9c%C3%A9piss%C3%A9.exe");
    ASSERT_EQ(sent.status, 200) << sent.body;
    const auto file = nlohmann::json::parse(sent.body)["file"];
    EXPECT_EQ(file["name"], "Récépissé.pdf");
    EXPECT_EQ(file["size"], pdf().size());
    EXPECT_EQ(sent.body.find("digest"), std::string::npos);
    const auto got = fetch(kOffice, paper);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, pdf());
    EXPECT_EQ(header(got, "Content-Type"), "application/pdf");
    EXPECT_EQ(header(got, "Content-Disposition"),
              "attachment; filename*=UTF-8''R%C3%A9c%C3%A9piss%C3%A9.pdf");
    EXPECT_TRUE(header(got, "Content-Security-Policy").starts_with("sandbox; default-src 'none'"));
    EXPECT_EQ(header(got, "Cache-Control"), "no-store");
    EXPECT_EQ(
        number("SELECT COUNT(*) FROM audit WHERE action = 'paper_file_sent' AND actor_id = 2"), 1);
}

TEST_P(PaperFileRoutes, AreClosedToOtherAssociationsAndTowns) {
    const auto paper = new_paper();
    ASSERT_EQ(send(kCamille, paper, pdf()).status, 200);
    for (const auto stranger : {kAlex, kDominique}) {
        EXPECT_EQ(send(stranger, paper, pdf()).status, 404);
        EXPECT_EQ(fetch(stranger, paper).status, 404);
        expect(404, stranger, "POST", "/api/v1/associations/1/papers",
               {{"kind", "insurance"}, {"valid_from", "2026-01-01"}});
        expect(404, stranger, "GET", "/api/v1/associations/1/papers");
        expect(403, stranger, "GET", "/api/v1/papers", nullptr, {{"expiring_within_days", "30"}});
    }
    session_->execute(
        "INSERT INTO papers (id, town_id, holder_kind, holder_id, kind, valid_from, recorded_at,"
        " recorded_by_id) VALUES (900, 2, 'person', 9, 'insurance', '2026-01-01', 0, 9)");
    EXPECT_EQ(fetch(kOffice, "/api/v1/papers/900").status, 404) << "of the other town";
    EXPECT_EQ(send(kOffice, "/api/v1/papers/900", pdf()).status, 404);
    EXPECT_EQ(fetch(kCamille, paper).status, 200);
}

TEST_P(PaperFileRoutes, RefuseBombsAndWrongTypesAndKeepNothingOfThem) {
    const auto paper = new_paper();
    const auto refused = [&](const std::string& bytes, const std::string& type,
                             const std::string& code) {
        const auto response = send(kCamille, paper, bytes, type);
        EXPECT_EQ(response.status, 422) << code;
        EXPECT_EQ(codes_of(nlohmann::json::parse(response.body)["errors"]),
                  std::vector<std::string>{code});
    };
    refused(png(65535, 65535), "image/png", "picture_too_large");
    refused(pdf("/S /JavaScript"), "application/pdf", "active_content");
    refused(pdf().substr(0, 20), "application/pdf", "file_truncated");
    refused(jpeg(10, 10), "image/png", "other_file_type");
    refused("", "image/png", "file_empty");
    EXPECT_EQ(files(), 0U);
    EXPECT_EQ(fetch(kCamille, paper).status, 404);
    EXPECT_EQ(send(kCamille, paper, png(10, 10), "image/png").status, 200);
    EXPECT_EQ(files(), 1U);
}

TEST_P(PaperFileRoutes, AreReadInPiecesWhereAFileIsLong) {
    const auto paper = new_paper();
    const std::string bytes = pdf(std::string(1'200'000, ' '));
    ASSERT_EQ(send(kCamille, paper, bytes).status, 200);
    EXPECT_EQ(fetch(kCamille, paper).status, 400) << "longer than an answer";
    std::string whole;
    for (int pieces = 0; whole.size() < bytes.size() && pieces < 5; ++pieces) {
        const auto got = fetch(kCamille, paper, "bytes=" + std::to_string(whole.size()) + '-');
        ASSERT_EQ(got.status, 206);
        EXPECT_EQ(header(got, "Content-Range"),
                  "bytes " + std::to_string(whole.size()) + '-' +
                      std::to_string(whole.size() + got.body.size() - 1) + '/' +
                      std::to_string(bytes.size()));
        EXPECT_LE(got.body.size(), 524'288U);
        whole += got.body;
    }
    EXPECT_EQ(whole, bytes);
    EXPECT_EQ(fetch(kCamille, paper, "bytes=0-9").body, bytes.substr(0, 10));
    EXPECT_EQ(fetch(kCamille, paper, "bytes=-5").body, bytes.substr(bytes.size() - 5));
    EXPECT_EQ(fetch(kCamille, paper, "bytes=9999999-").status, 416);
    EXPECT_EQ(fetch(kCamille, paper, "bytes=5-1").status, 400) << "no range, so the whole file";
}

TEST_P(PaperFileRoutes, AreAcceptedAsTheyWereRead) {
    const auto paper = new_paper();
    ASSERT_EQ(send(kCamille, paper, pdf()).status, 200);
    const auto read = header(fetch(kOffice, paper), "ETag");
    const auto code_of = [](const Response& response) {
        return nlohmann::json::parse(response.body)["code"];
    };
    const auto unread = accept(paper, "");
    EXPECT_EQ(unread.status, 428);
    EXPECT_EQ(code_of(unread), "if_match_needed");
    ASSERT_EQ(send(kCamille, paper, png(1, 1), "image/png").status, 200) << "sent again meanwhile";
    for (const auto& tag : {read, std::string("*"), "W/" + read, std::string("\"\"")}) {
        const auto refused = accept(paper, tag);
        EXPECT_EQ(refused.status, 412) << tag;
        EXPECT_EQ(code_of(refused), "stale");
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM papers WHERE accepted_at IS NOT NULL"), 0);
    EXPECT_EQ(accept(paper, header(fetch(kOffice, paper), "ETag")).status, 200);
}

TEST_P(PaperFileRoutes, LeaveAnAcceptedPaperAsItIs) {
    const auto paper = new_paper();
    ASSERT_EQ(send(kCamille, paper, pdf()).status, 200);
    ASSERT_EQ(accept(paper, header(fetch(kOffice, paper), "ETag")).status, 200);
    EXPECT_EQ(send(kCamille, paper, png(1, 1), "image/png").status, 409);
    EXPECT_EQ(send(kOffice, paper, png(1, 1), "image/png").status, 409);
    EXPECT_EQ(fetch(kCamille, paper).body, pdf());
    const auto bare = new_paper();
    ASSERT_EQ(post(kOffice, bare + "/accept").status, 200);
    EXPECT_EQ(send(kCamille, bare, pdf()).status, 409);
    EXPECT_EQ(send(kOffice, bare, pdf()).status, 200) << "the office adds what it accepted";
}

TEST_P(PaperFileRoutes, LetAHolderHandInButNotAccept) {
    expect(403, kCamille, "POST", "/api/v1/associations/1/papers",
           {{"kind", "insurance"}, {"valid_from", "2026-01-01"}, {"accepted", true}});
    const auto errors = expect(422, kCamille, "POST", "/api/v1/associations/1/papers",
                               {{"kind", "declaration"}, {"valid_from", "2026-01-01"}});
    EXPECT_EQ(codes_of(errors["errors"]), std::vector<std::string>{"reference_missing"});
    expect(422, kCamille, "POST", "/api/v1/associations/1/papers",
           {{"kind", "insurance"}, {"valid_from", "2026-01-01"}, {"accepted_at", "2026-01-01"}});
    const auto paper = expect(
        201, kCamille, "POST", "/api/v1/associations/1/papers",
        {{"kind", "declaration"}, {"reference", "W931234567"}, {"valid_from", "2026-01-01"}});
    EXPECT_EQ(paper["reference"], "W931234567");
    EXPECT_EQ(paper["accepted_at"], nullptr);
}

TEST_P(PaperFileRoutes, ListWhatExpiresForTheOffice) {
    for (const auto* until : {"2026-11-20", "2026-11-21", "2026-12-21", "2026-12-22"}) {
        expect(201, kOffice, "POST", "/api/v1/associations/1/papers",
               {{"kind", "insurance"},
                {"valid_from", "2026-01-01"},
                {"valid_until", until},
                {"accepted", true}});
    }
    const auto page = expect(200, kOffice, "GET", "/api/v1/papers", nullptr,
                             {{"expiring_within_days", "30"}, {"limit", "1"}});
    EXPECT_EQ(page["items"][0]["valid_until"], "2026-12-21");
    const auto rest = expect(200, kOffice, "GET", "/api/v1/papers", nullptr,
                             {{"expiring_within_days", "30"}, {"cursor", page["next"]}});
    ASSERT_EQ(rest["items"].size(), 1U);
    EXPECT_EQ(rest["items"][0]["valid_until"], "2026-11-21");
    EXPECT_EQ(rest["next"], nullptr);
}

TEST(BodyLimits, AreWideForTheFilesOfPapersOnly) {
    EXPECT_EQ(max_body_of("PUT", "/api/v1/papers/12/file"), kMaxUpload);
    for (const auto* target : {"/api/v1/papers/12/file?x=1", "/api/v1/papers//file",
                               "/api/v1/papers/a/file", "/api/v1/papers/12/file/", "/file"}) {
        EXPECT_EQ(max_body_of("PUT", target), kMaxBody) << target;
    }
    EXPECT_EQ(max_body_of("POST", "/api/v1/papers/12/file"), kMaxBody);
}

TEST(BodyLimits, HoldFewFilesAtOnce) {
    std::vector<UploadPlace> places;
    for (int i = 0; i < kMostUploads; ++i) {
        places.push_back(take_upload_place().value());
    }
    EXPECT_FALSE(take_upload_place());
    places.pop_back();
    EXPECT_TRUE(take_upload_place());
}

}  // namespace
}  // namespace creneau::http
