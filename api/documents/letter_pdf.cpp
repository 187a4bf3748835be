#include "api/documents/letter_pdf.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <glib-object.h>
#include <glib.h>
#include <pango/pango-font.h>
#include <pango/pango-layout.h>
#include <pango/pango-types.h>
#include <pango/pangocairo.h>

namespace creneau::documents {
namespace {

template <auto destroy>
struct Destroy {
    template <class T>
    void operator()(T* object) const {
        destroy(object);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Destroy<cairo_destroy>>;
using Font = std::unique_ptr<PangoFontDescription, Destroy<pango_font_description_free>>;
using Text = std::unique_ptr<PangoLayout, Destroy<g_object_unref>>;
using Chars = std::unique_ptr<char, Destroy<g_free>>;

constexpr double kMm = 72.0 / 25.4;  // the unit of PDF is the point
constexpr double kPageWidth = 210 * kMm;
constexpr double kPageHeight = 297 * kMm;
constexpr double kLeft = 20 * kMm;
constexpr double kRight = 190 * kMm;
constexpr double kTop = 20 * kMm;
constexpr double kBottom = 270 * kMm;
constexpr double kFootTop = 278 * kMm;
// The window of a DL envelope shows 100 to 190 mm by 44 to 90 mm wherever the sheet slides to.
constexpr double kAddressLeft = 105 * kMm;
constexpr double kAddressTop = 50 * kMm;
constexpr double kDateTop = 92 * kMm;
constexpr double kSubjectTop = 103 * kMm;
constexpr std::array<double, 2> kFolds{99 * kMm, 198 * kMm};
constexpr double kModule = 1 * kMm;
constexpr int kQuietZone = 4;
constexpr double kSmall = 8;
constexpr double kUsual = 10;

/// Valid UTF-8 without control characters other than line feeds.
std::string clean(std::string_view text) {
    const Chars valid(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    std::string cleaned(valid.get());
    std::erase_if(cleaned, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f';
    });
    return cleaned;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

struct Style {
    double size = kUsual;
    bool bold = false;
};

Text layout_of(cairo_t* pen, const std::string& text, double width, const Style& style = {}) {
    Text layout(pango_cairo_create_layout(pen));
    const Font font(pango_font_description_from_string("DejaVu Sans, Sans"));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    const std::string cleaned = clean(text);
    pango_layout_set_text(layout.get(), cleaned.data(), static_cast<int>(cleaned.size()));
    return layout;
}

double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

void show_at(cairo_t* pen, PangoLayout* layout, double left, double top) {
    cairo_move_to(pen, left, top);
    pango_cairo_show_layout(pen, layout);
}

PangoRectangle extents_of(PangoLayoutLine* line) {
    PangoRectangle logical{};
    pango_layout_line_get_extents(line, nullptr, &logical);
    return logical;
}

/// Where a line of the body, or the code, stands.
struct Spot {
    std::size_t page = 0;
    double top = 0;
};

/// Walks down the pages.
class Place {
  public:
    explicit Place(double top) : spot_{0, top} {}

    /// Room of that height, on the next page when this one ends before.
    Spot take(double height) {
        if (spot_.top + height > kBottom) {
            spot_ = {spot_.page + 1, kTop};
        }
        const Spot taken = spot_;
        spot_.top += height;
        return taken;
    }

  private:
    Spot spot_;
};

class Sheet {
  public:
    Sheet(cairo_t* pen, const Letter& letter)
        : pen_(pen),
          letter_(letter),
          subject_(layout_of(pen, letter.subject, kRight - kLeft, {kUsual, true})),
          body_(layout_of(pen, letter.body, kRight - kLeft)) {
        if (letter.code) {
            caption_ = layout_of(pen, joined(letter.code->caption), kRight - caption_left());
        }
        lay_out();
    }

    void draw() {
        for (std::size_t page = 0; page < pages_; ++page) {
            if (page == 0) {
                draw_head();
            }
            draw_body(page);
            draw_foot(page);
            cairo_show_page(pen_);
        }
    }

  private:
    double code_width() const {
        return letter_.code ? (letter_.code->side + 2 * kQuietZone) * kModule : 0;
    }
    double caption_left() const { return kLeft + code_width() + 5 * kMm; }

    void lay_out() {
        Place place(kSubjectTop + height_of(subject_.get()) + 6 * kMm);
        Spot last;
        for (int at = 0; at < pango_layout_get_line_count(body_.get()); ++at) {
            const auto logical = extents_of(pango_layout_get_line_readonly(body_.get(), at));
            last = place.take(static_cast<double>(logical.height) / PANGO_SCALE);
            lines_.push_back(last);
        }
        if (letter_.code) {
            (void)place.take(3 * kMm);
            code_ = place.take(std::max(code_width(), height_of(caption_.get())));
            last = code_;
        }
        pages_ = last.page + 1;
    }

    void draw_head() {
        show_at(pen_, layout_of(pen_, joined(letter_.sender), 75 * kMm).get(), kLeft, kTop);
        double top = kAddressTop;
        for (const std::string& line : letter_.recipient) {
            const Text layout = layout_of(pen_, line, kRight - kAddressLeft);
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
            show_at(pen_, layout.get(), kAddressLeft, top);
            top += height_of(layout.get());
        }
        show_at(pen_, layout_of(pen_, letter_.place_and_date, kRight - kAddressLeft).get(),
                kAddressLeft, kDateTop);
        show_at(pen_, subject_.get(), kLeft, kSubjectTop);
        cairo_set_line_width(pen_, 0.4);
        for (const double fold : kFolds) {
            cairo_move_to(pen_, 4 * kMm, fold);
            cairo_line_to(pen_, 8 * kMm, fold);
        }
        cairo_stroke(pen_);
    }

    void draw_body(std::size_t page) {
        for (std::size_t at = 0; at < lines_.size(); ++at) {
            if (lines_[at].page != page) {
                continue;
            }
            PangoLayoutLine* line =
                pango_layout_get_line_readonly(body_.get(), static_cast<int>(at));
            const double ascent = static_cast<double>(PANGO_ASCENT(extents_of(line))) / PANGO_SCALE;
            cairo_move_to(pen_, kLeft, lines_[at].top + ascent);
            pango_cairo_show_layout_line(pen_, line);
        }
        if (const auto& code = letter_.code; code && code_.page == page) {
            draw_code(*code);
            show_at(pen_, caption_.get(), caption_left(), code_.top);
        }
    }

    /// One path for all modules, so that no seam is left between neighbours.
    void draw_code(const LetterCode& code) {
        const auto side = static_cast<std::size_t>(code.side);
        const double left = kLeft + kQuietZone * kModule;
        const double top = code_.top + kQuietZone * kModule;
        for (std::size_t y = 0; y < side; ++y) {
            for (std::size_t x = 0; x < side; ++x) {
                if (code.dark.at(y * side + x)) {
                    cairo_rectangle(pen_, left + static_cast<double>(x) * kModule,
                                    top + static_cast<double>(y) * kModule, kModule, kModule);
                }
            }
        }
        cairo_fill(pen_);
    }

    void draw_foot(std::size_t page) {
        show_at(pen_, layout_of(pen_, letter_.foot, 150 * kMm, {kSmall}).get(), kLeft, kFootTop);
        const Text number =
            layout_of(pen_, fmt::format("{}/{}", page + 1, pages_), 18 * kMm, {kSmall});
        pango_layout_set_alignment(number.get(), PANGO_ALIGN_RIGHT);
        show_at(pen_, number.get(), kRight - 18 * kMm, kFootTop);
    }

    cairo_t* pen_;
    const Letter& letter_;
    Text subject_;
    Text body_;
    Text caption_;
    std::vector<Spot> lines_;
    Spot code_;
    std::size_t pages_ = 1;
};

cairo_status_t append(void* file, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) {
        throw std::runtime_error(std::string("letter: ") + cairo_status_to_string(status));
    }
}

}  // namespace

std::string letter_pdf(const Letter& letter) {
    std::string file;
    const Surface surface(
        cairo_pdf_surface_create_for_stream(append, &file, kPageWidth, kPageHeight));
    const auto made = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", letter.made_at);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   clean(letter.subject).c_str());
    {
        const Pen pen(cairo_create(surface.get()));
        Sheet(pen.get(), letter).draw();
        require(cairo_status(pen.get()));
    }
    cairo_surface_finish(surface.get());
    require(cairo_surface_status(surface.get()));
    return file;
}

}  // namespace creneau::documents
