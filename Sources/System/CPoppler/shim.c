#include "pc_poppler.h"

#include <dlfcn.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    __typeof__(&poppler_document_new_from_bytes) open;
    __typeof__(&poppler_document_get_n_pages) pages;
    __typeof__(&poppler_document_get_title) title;
    __typeof__(&poppler_document_get_page) page;
    __typeof__(&poppler_page_get_text) text;
    __typeof__(&poppler_page_get_text_layout) layout;
    __typeof__(&poppler_page_get_text_attributes) attributes;
    __typeof__(&poppler_page_free_text_attributes) free_attributes;
    __typeof__(&poppler_error_quark) error_quark;
    __typeof__(&g_bytes_new_static) bytes;
    __typeof__(&g_bytes_unref) release_bytes;
    __typeof__(&g_object_unref) release;
    __typeof__(&g_error_free) free_error;
    __typeof__(&g_free) free;
} library;

struct pc_pdf {
    GBytes *bytes;
    PopplerDocument *document;
};

struct pc_pdf_page {
    char *text;
    pc_pdf_line *lines;
    size_t count;
};

int pc_pdf_load(const char *name, char *message, size_t capacity) {
    if (library.free != NULL) return 0;
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return -1;
    }
    // GLib's functions are found in the libraries that Poppler's brings.
    *(void **)&library.open = dlsym(handle, "poppler_document_new_from_bytes");
    *(void **)&library.pages = dlsym(handle, "poppler_document_get_n_pages");
    *(void **)&library.title = dlsym(handle, "poppler_document_get_title");
    *(void **)&library.page = dlsym(handle, "poppler_document_get_page");
    *(void **)&library.text = dlsym(handle, "poppler_page_get_text");
    *(void **)&library.layout = dlsym(handle, "poppler_page_get_text_layout");
    *(void **)&library.attributes = dlsym(handle, "poppler_page_get_text_attributes");
    *(void **)&library.free_attributes = dlsym(handle, "poppler_page_free_text_attributes");
    *(void **)&library.error_quark = dlsym(handle, "poppler_error_quark");
    *(void **)&library.bytes = dlsym(handle, "g_bytes_new_static");
    *(void **)&library.release_bytes = dlsym(handle, "g_bytes_unref");
    *(void **)&library.release = dlsym(handle, "g_object_unref");
    *(void **)&library.free_error = dlsym(handle, "g_error_free");
    *(void **)&library.free = dlsym(handle, "g_free");
    if (library.open && library.pages && library.title && library.page && library.text && library.layout
        && library.attributes && library.free_attributes && library.error_quark && library.bytes
        && library.release_bytes && library.release && library.free_error && library.free)
        return 0;
    library.free = NULL;
    snprintf(message, capacity, "it is not Poppler's GLib interface");
    return -1;
}

pc_pdf *pc_pdf_open(const void *bytes, size_t size, int *status) {
    *status = pc_pdf_is_broken;
    pc_pdf *pdf = calloc(1, sizeof *pdf);
    if (pdf == NULL) return NULL;
    GError *error = NULL;
    pdf->bytes = library.bytes(bytes, size);
    pdf->document = library.open(pdf->bytes, NULL, &error);
    if (pdf->document != NULL) {
        *status = pc_pdf_is_open;
        return pdf;
    }
    if (error != NULL) {
        if (error->domain == library.error_quark() && error->code == POPPLER_ERROR_ENCRYPTED)
            *status = pc_pdf_is_encrypted;
        library.free_error(error);
    }
    library.release_bytes(pdf->bytes);
    free(pdf);
    return NULL;
}

int pc_pdf_pages(const pc_pdf *pdf) { return library.pages(pdf->document); }
char *pc_pdf_title(const pc_pdf *pdf) { return library.title(pdf->document); }
void pc_pdf_free_text(char *text) { library.free(text); }

static int is_continuation(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

// Size and weight of the letter at `character`; the ranges are in order, and so are the questions.
static void take_font(GList **ranges, int character, pc_pdf_line *line) {
    while (*ranges != NULL && ((PopplerTextAttributes *)(*ranges)->data)->end_index < character) *ranges = (*ranges)->next;
    if (*ranges == NULL) return;
    const PopplerTextAttributes *range = (*ranges)->data;
    line->font_size = range->font_size;
    line->is_bold = range->font_name != NULL && strstr(range->font_name, "Bold") != NULL;
}

static void fill(pc_pdf_page *page, const PopplerRectangle *places, guint places_count, GList *ranges) {
    pc_pdf_line line = {0};
    int character = 0, is_empty = 1;
    char *start = page->text;
    for (char *at = page->text;; at++) {
        if (*at == '\n' || *at == 0) {
            int is_last = *at == 0;
            *at = 0;
            line.text = start;
            line.size = (size_t)(at - start);
            if (!is_empty) page->lines[page->count++] = line;
            if (is_last) return;
            start = at + 1;
            line = (pc_pdf_line){0};
            is_empty = 1;
            character++;
            continue;
        }
        if (is_continuation(*at)) continue;
        if (*at != ' ' && (guint)character < places_count) {
            const PopplerRectangle *place = &places[character];
            if (is_empty) {
                take_font(&ranges, character, &line);
                line.left = place->x1, line.top = place->y1, line.right = place->x2, line.bottom = place->y2;
            }
            if (place->x2 > line.right) line.right = place->x2;
            if (place->y1 < line.top) line.top = place->y1;
            if (place->y2 > line.bottom) line.bottom = place->y2;
        }
        if (*at != ' ') is_empty = 0;
        character++;
    }
}

pc_pdf_page *pc_pdf_page_read(const pc_pdf *pdf, int index) {
    PopplerPage *source = library.page(pdf->document, index);
    if (source == NULL) return NULL;
    pc_pdf_page *page = calloc(1, sizeof *page);
    if (page != NULL) page->text = library.text(source);
    if (page == NULL || page->text == NULL) {
        free(page);
        library.release(source);
        return NULL;
    }
    size_t lines = 1;
    for (const char *at = page->text; *at != 0; at++) lines += *at == '\n';
    page->lines = calloc(lines, sizeof *page->lines);
    PopplerRectangle *places = NULL;
    guint places_count = 0;
    if (!library.layout(source, &places, &places_count)) places_count = 0;
    GList *ranges = library.attributes(source);
    if (page->lines != NULL) fill(page, places, places_count, ranges);
    library.free_attributes(ranges);
    library.free(places);
    library.release(source);
    return page;
}

size_t pc_pdf_page_lines(const pc_pdf_page *page) { return page->count; }
pc_pdf_line pc_pdf_page_line(const pc_pdf_page *page, size_t index) { return page->lines[index]; }

void pc_pdf_page_free(pc_pdf_page *page) {
    library.free(page->text);
    free(page->lines);
    free(page);
}

void pc_pdf_close(pc_pdf *pdf) {
    library.release(pdf->document);
    library.release_bytes(pdf->bytes);
    free(pdf);
}
