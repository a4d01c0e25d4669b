// Poppler's GLib interface by name: only the process that takes text out of documents loads it.
#ifndef PC_POPPLER_H
#define PC_POPPLER_H

#include <stddef.h>
#include <string.h>

int pc_pdf_load(const char *name, char *message, size_t capacity);

typedef struct pc_pdf pc_pdf;
typedef struct pc_pdf_page pc_pdf_page;

enum pc_pdf_status { pc_pdf_is_open = 0, pc_pdf_is_encrypted = 1, pc_pdf_is_broken = 2 };

// A line of a page: zero-ended UTF-8 that belongs to the page, its letters' size in points, and its place, in points from the
// page's upper left corner.
typedef struct {
    const char *text;
    size_t size;
    double font_size, left, top, right, bottom;
    int is_bold;
} pc_pdf_line;

// Opens a document that lies in memory, which must stay until it is closed; no password is tried.
pc_pdf *pc_pdf_open(const void *bytes, size_t size, int *status);
int pc_pdf_pages(const pc_pdf *document);
// Zero-ended UTF-8, or NULL; to be freed with pc_pdf_free_text.
char *pc_pdf_title(const pc_pdf *document);
void pc_pdf_free_text(char *text);
// A page, counted from 0, with its lines in reading order; NULL where it cannot be read.
pc_pdf_page *pc_pdf_page_read(const pc_pdf *document, int index);
size_t pc_pdf_page_lines(const pc_pdf_page *page);
pc_pdf_line pc_pdf_page_line(const pc_pdf_page *page, size_t index);
void pc_pdf_page_free(pc_pdf_page *page);
void pc_pdf_close(pc_pdf *document);

#endif
