#include "pc_md4c.h"

#include <dlfcn.h>
#include <limits.h>
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>

static __typeof__(&md_parse) parse;

struct pc_md_list {
    pc_md_event *events;
    size_t count, room, events_max;
};

int pc_md_load(const char *name, char *message, size_t capacity) {
    if (parse != NULL) return 0;
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return -1;
    }
    *(void **)&parse = dlsym(handle, "md_parse");
    if (parse != NULL) return 0;
    snprintf(message, capacity, "it is not MD4C");
    return -1;
}

// What is not 0 ends md_parse.
static int add(pc_md_list *list, pc_md_event event) {
    if (list->count == list->events_max) return 1;
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 256 : list->room * 2;
        pc_md_event *events = realloc(list->events, room * sizeof *events);
        if (events == NULL) return 1;
        list->events = events;
        list->room = room;
    }
    list->events[list->count++] = event;
    return 0;
}

static int block(pc_md_list *list, MD_BLOCKTYPE type, void *detail, int begins) {
    pc_md_event event = {.begins = begins};
    switch (type) {
    case MD_BLOCK_H:
        event.kind = pc_md_heading;
        event.level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_P: event.kind = pc_md_paragraph; break;
    case MD_BLOCK_LI: event.kind = pc_md_list_item; break;
    case MD_BLOCK_CODE: event.kind = pc_md_code_block; break;
    case MD_BLOCK_TR: event.kind = pc_md_table_row; break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: event.kind = pc_md_table_cell; break;
    case MD_BLOCK_HTML: event.kind = pc_md_raw_html; break;
    default: return 0;
    }
    return add(list, event);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *list) { return block(list, type, detail, 1); }
static int leave_block(MD_BLOCKTYPE type, void *detail, void *list) { return block(list, type, detail, 0); }
static int span(MD_SPANTYPE type, void *detail, void *list) {
    (void)type, (void)detail, (void)list;
    return 0;
}

static int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *list) {
    pc_md_event event = {.text = bytes, .size = size};
    switch (type) {
    case MD_TEXT_ENTITY: event.kind = pc_md_entity; break;
    case MD_TEXT_SOFTBR: event.kind = pc_md_space; break;
    case MD_TEXT_BR: event.kind = pc_md_break; break;
    case MD_TEXT_HTML: event.kind = pc_md_hidden_text; break;
    case MD_TEXT_NULLCHAR: event.kind = pc_md_space; break;
    default: event.kind = pc_md_text; break;
    }
    return add(list, event);
}

pc_md_list *pc_md_read(const char *bytes, size_t size, size_t events_max) {
    if (size > INT_MAX) return NULL;
    pc_md_list *list = calloc(1, sizeof *list);
    if (list == NULL) return NULL;
    list->events_max = events_max;
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH, .enter_block = enter_block, .leave_block = leave_block,
        .enter_span = span, .leave_span = span, .text = text};
    if (parse(bytes, (MD_SIZE)size, &parser, list) == 0) return list;
    pc_md_free(list);
    return NULL;
}

size_t pc_md_count(const pc_md_list *list) { return list->count; }
pc_md_event pc_md_at(const pc_md_list *list, size_t index) { return list->events[index]; }

void pc_md_free(pc_md_list *list) {
    free(list->events);
    free(list);
}
