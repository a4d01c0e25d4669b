// MD4C by name: only the process that takes text out of documents loads it. Its callbacks as a list of events.
#ifndef PC_MD4C_H
#define PC_MD4C_H

#include <stddef.h>

int pc_md_load(const char *name, char *message, size_t capacity);

// What of Markdown makes a difference to a text: all else is text within.
enum pc_md_kind {
    pc_md_heading = 1, pc_md_paragraph, pc_md_list_item, pc_md_code_block, pc_md_table_row, pc_md_table_cell,
    pc_md_raw_html, pc_md_text, pc_md_entity, pc_md_space, pc_md_break, pc_md_hidden_text
};

typedef struct {
    int kind;
    // 1 where the block begins, 0 where it ends; of no meaning for texts.
    int begins;
    // The level of a heading, 1 to 6.
    int level;
    // A text: where it lies in the input, which the library never copies but for what it makes up itself.
    const char *text;
    size_t size;
} pc_md_event;

typedef struct pc_md_list pc_md_list;

// Reads Markdown (CommonMark with tables). NULL where there is no memory or more than `events_max` events.
pc_md_list *pc_md_read(const char *text, size_t size, size_t events_max);
size_t pc_md_count(const pc_md_list *list);
pc_md_event pc_md_at(const pc_md_list *list, size_t index);
void pc_md_free(pc_md_list *list);

#endif
