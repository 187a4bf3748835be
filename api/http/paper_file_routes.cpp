#include "api/http/paper_file_routes.hpp"

#include "api/booking/papers/file_rules.hpp"
#include "api/booking/papers/paper_files.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/byte_range.hpp"
#include "api/http/file_name.hpp"
#include "api/http/paper_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/text.hpp"
#include "api/http/wire.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using booking::FileFault;
using booking::PaperFolder;
using Answered = tl::expected<Response, Response>;
using Folder = std::shared_ptr<const PaperFolder>;
using Scanner = std::shared_ptr<const booking::VirusScanner>;
using Verdict = booking::Verdict::Kind;

Text sentence_of(FileFault fault) {
    switch (fault) {
        case FileFault::empty:
            return {"Le fichier est vide.", "The file is empty."};
        case FileFault::unknown_type:
            return {"Seuls les fichiers PDF, PNG et JPEG sont acceptés.",
                    "Only PDF, PNG and JPEG files are taken."};
        case FileFault::other_type:
            return {"Le contenu du fichier n’est pas du type annoncé.",
                    "The file's content is not of the type that was declared."};
        case FileFault::truncated:
            return {"Le fichier est incomplet ou abîmé : envoyez-le de nouveau.",
                    "The file is incomplete or damaged: send it again."};
        case FileFault::too_large:
            return {"L’image dépasse 8000 pixels de côté : réduisez-la.",
                    "The picture has more than 8000 pixels a side: make it smaller."};
        case FileFault::active_content:
            return {
                "Ce PDF contient un programme ou un fichier joint : enregistrez-le à nouveau "
                "sans formulaire ni pièce jointe, ou envoyez une photo.",
                "This PDF has a program or a file inside: save it again without form and "
                "attachment, or send a photograph."};
        case FileFault::encrypted:
            return {"Ce PDF est protégé par un mot de passe : enregistrez-le sans protection.",
                    "This PDF is protected by a password: save it without."};
    }
    std::abort();
}

Response no_folder(const Request& request) {
    return problem_response(request, {503,
                                      "files_not_kept",
                                      {"L’envoi de fichiers n’est pas disponible pour le moment.",
                                       "Files cannot be sent at present."}});
}

Response infected(const Request& request) {
    return unprocessable(request,
                         {{"",
                           "file_infected",
                           {"L’antivirus a trouvé un virus dans ce fichier : il n’a pas été gardé.",
                            "The virus scanner found a virus in this file: it was not kept."}}});
}

Response not_scanned(const Request& request) {
    auto response = problem_response(
        request,
        {503,
         "file_not_scanned",
         {"L’antivirus ne répond pas : le fichier n’a pas été gardé. Renvoyez-le plus tard.",
          "The virus scanner does not answer: the file was not kept. Send it again later."}});
    response.headers.emplace_back("Retry-After", "60");
    return response;
}

/// Nothing when the file may be kept.
std::optional<Response> refusal_of_scanner(const Request& request, const Scanner& scanner) {
    if (!scanner) {
        return std::nullopt;
    }
    const auto verdict = scanner->scan(request.body);
    switch (verdict.kind) {
        case Verdict::clean:
            return std::nullopt;
        case Verdict::infected:
            spdlog::warn("{} a paper's file was refused: virus {}", request.id, verdict.said);
            return infected(request);
        case Verdict::unknown:
            spdlog::error("alert file_not_scanned {} by {}: {}", request.id,
                          scanner->socket().string(), verdict.said);
            return not_scanned(request);
    }
    std::abort();
}

booking::FileType declared_type(const Request& request) {
    const auto type = lowered(trimmed(request.header("content-type").value_or("")));
    return booking::file_type_of(type).value_or(booking::FileType::pdf);
}

std::string name_in(const Request& request, booking::PaperKind kind, booking::FileType type) {
    const auto header = request.header("content-disposition");
    const auto name = header ? file_name_in(*header) : std::nullopt;
    return booking::clean_name(name.value_or(std::string(booking::word_of(kind))), type);
}

booking::PaperId paper_in(const Request& request) {
    return booking::PaperId{request.number("id")};
}

Work attach(const Request& request, const Folder& folder, booking::PaperFile file) {
    // Not the request itself: its body is the file.
    Request asked = request;
    asked.body.clear();
    return [asked = std::move(asked), folder,
            file = std::move(file)](store::Session& session) -> Answered {
        if (!folder->has(file.digest)) {
            return tl::unexpected(busy(asked));
        }
        const auto paper = booking::attach_file(
            session, {asked.town, asked.signed_in().id, paper_in(asked), file, asked.now});
        if (!paper) {
            return tl::unexpected(refused(asked, paper.error()));
        }
        return json_response(200, to_json(*paper));
    };
}

Step keep_file(const Request& request, const Folder& folder, booking::PaperKind kind,
               booking::FileType type) {
    try {
        booking::PaperFile file{folder->keep(request.body),
                                static_cast<std::int64_t>(request.body.size()), type,
                                name_in(request, kind, type)};
        return attach(request, folder, std::move(file));
    } catch (const std::system_error& error) {
        spdlog::error("{} a paper's file was not written: {}", request.id, error.code().message());
        return no_folder(request);
    }
}

Step send_file(const Request& request, store::Readers& readers, const Folder& folder,
               const Scanner& scanner) {
    if (!folder) {
        return no_folder(request);
    }
    const auto paper = readers.read([&](store::Session& session) {
        return booking::paper_to_fill(session, request.town, request.signed_in(),
                                      paper_in(request));
    });
    if (!paper) {
        return refused(request, paper.error());
    }
    const auto type = declared_type(request);
    if (const auto fault = booking::fault_in(request.body, type)) {
        return unprocessable(request,
                             {{"", std::string(booking::word_of(*fault)), sentence_of(*fault)}});
    }
    if (auto refusal = refusal_of_scanner(request, scanner)) {
        return *std::move(refusal);
    }
    return keep_file(request, folder, paper->kind, type);
}

Response beyond(const Request& request, const Piece& piece) {
    if (piece.kind == Piece::Kind::out_of_bounds) {
        return problem_response(
            request, {416,
                      "no_such_range",
                      {"Le fichier n’a pas cette partie.", "The file has no such part."}});
    }
    return problem_response(
        request, {400,
                  "range_needed",
                  {"Le fichier dépasse une réponse : demandez-le par parties de 524288 octets au "
                   "plus (en-tête Range).",
                   "The file is longer than an answer: ask for parts of 524288 bytes at most "
                   "(Range header)."}});
}

Response piece_response(const Request& request, const PaperFolder& folder,
                        const booking::PaperFile& file) {
    const auto size = static_cast<std::uint64_t>(file.size);
    const auto etag = '"' + file.digest + '"';
    const auto piece = piece_of(request, size, etag, kMaxAnswer);
    if (piece.kind == Piece::Kind::out_of_bounds || piece.kind == Piece::Kind::too_long) {
        auto response = beyond(request, piece);
        set_range(response, piece, size);
        return response;
    }
    auto bytes = folder.read(file.digest, piece.from, piece.length);
    if (!bytes || bytes->size() != piece.length) {
        spdlog::error("{} a paper's file is missing from its folder", request.id);
        return no_folder(request);
    }
    Response response;
    response.headers = {{"Content-Type", std::string(booking::word_of(file.type))},
                        {"Content-Disposition", as_attachment(file.name)},
                        {"Content-Security-Policy", std::string("sandbox; ").append(kNothingActs)},
                        {"Cache-Control", "no-store"},
                        {"ETag", etag}};
    response.body = *std::move(bytes);
    set_range(response, piece, size);
    return response;
}

Step fetch_file(const Request& request, store::Readers& readers, const Folder& folder) {
    const auto paper = readers.read([&](store::Session& session) {
        return booking::find_paper(session, request.town, request.signed_in(), paper_in(request));
    });
    if (!paper) {
        return refused(request, paper.error());
    }
    const auto& file = paper->file;
    if (!file) {
        return not_found(request);
    }
    return folder ? piece_response(request, *folder, *file) : no_folder(request);
}

}  // namespace

void add_paper_file_routes(Routes& routes, std::shared_ptr<const PaperFolder> folder,
                           std::shared_ptr<const booking::VirusScanner> scanner) {
    routes.upload("/api/v1/papers/:id/file", [folder, scanner = std::move(scanner)](
                                                 const Request& request, store::Readers& readers) {
        return send_file(request, readers, folder, scanner);
    });
    routes.slow("GET", "/api/v1/papers/:id/file",
                [folder = std::move(folder)](const Request& request, store::Readers& readers) {
                    return fetch_file(request, readers, folder);
                });
}

}  // namespace creneau::http
