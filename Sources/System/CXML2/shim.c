#include "pc_xml2.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    __typeof__(&htmlReadMemory) read_html;
    __typeof__(&xmlReadMemory) read_xml;
    __typeof__(&xmlFreeDoc) free_document;
} library;

struct pc_xml_walk {
    xmlDocPtr document;
    // The node of the last event, NULL before the first.
    xmlNodePtr node;
    int event;
};

int pc_xml_load(const char *name, char *message, size_t capacity) {
    if (library.free_document != NULL) return 0;
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return -1;
    }
    // Function pointers out of object pointers, as dlsym(3) says.
    *(void **)&library.read_html = dlsym(handle, "htmlReadMemory");
    *(void **)&library.read_xml = dlsym(handle, "xmlReadMemory");
    *(void **)&library.free_document = dlsym(handle, "xmlFreeDoc");
    if (library.read_html != NULL && library.read_xml != NULL && library.free_document != NULL) return 0;
    library.free_document = NULL;
    snprintf(message, capacity, "it is not libxml2 with HTML");
    return -1;
}

pc_xml_walk *pc_xml_read(const char *bytes, size_t size, int is_html, const char *encoding) {
    if (size > INT_MAX) return NULL;
    pc_xml_walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) return NULL;
    // Neither option that would widen libxml2's own bounds (HUGE), nor one that fetches (DTDLOAD) or expands (NOENT).
    if (is_html)
        walk->document = library.read_html(
            bytes, (int)size, NULL, encoding, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    else
        walk->document = library.read_xml(
            bytes, (int)size, NULL, encoding, XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_NOCDATA);
    if (walk->document != NULL) return walk;
    free(walk);
    return NULL;
}

int pc_xml_has_subset(const pc_xml_walk *walk) {
    // An HTML document gets one by its DOCTYPE; only declarations in it would matter, and the HTML parser makes none.
    return walk->document->intSubset != NULL || walk->document->extSubset != NULL;
}

static int is_text(const xmlNode *node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static int arrive(pc_xml_walk *walk, xmlNodePtr node) {
    walk->node = node;
    return walk->event = is_text(node) ? pc_xml_text : pc_xml_open;
}

// The first of these siblings that is told of: elements and text. Comments, instructions, references are not.
static xmlNodePtr told(xmlNodePtr node) {
    while (node != NULL && node->type != XML_ELEMENT_NODE && !is_text(node)) node = node->next;
    return node;
}

int pc_xml_next(pc_xml_walk *walk) {
    if (walk->event == pc_xml_end && walk->node == NULL) {
        xmlNodePtr first = told(walk->document->children);
        return first != NULL ? arrive(walk, first) : pc_xml_end;
    }
    if (walk->event == pc_xml_end) return pc_xml_end;
    if (walk->event == pc_xml_open) {
        xmlNodePtr child = told(walk->node->children);
        if (child != NULL) return arrive(walk, child);
        return walk->event = pc_xml_close;
    }
    xmlNodePtr next = told(walk->node->next);
    if (next != NULL) return arrive(walk, next);
    xmlNodePtr parent = walk->node->parent;
    if (parent == NULL || parent->type != XML_ELEMENT_NODE) return walk->event = pc_xml_end;
    walk->node = parent;
    return walk->event = pc_xml_close;
}

const char *pc_xml_name(const pc_xml_walk *walk) {
    return walk->node != NULL && walk->node->name != NULL ? (const char *)walk->node->name : "";
}

const char *pc_xml_content(const pc_xml_walk *walk) {
    return walk->event == pc_xml_text && walk->node->content != NULL ? (const char *)walk->node->content : "";
}

const char *pc_xml_attribute(const pc_xml_walk *walk, const char *name) {
    if (walk->event != pc_xml_open) return NULL;
    for (const xmlAttr *attribute = walk->node->properties; attribute != NULL; attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) != 0) continue;
        const xmlNode *value = attribute->children;
        return value != NULL && is_text(value) && value->content != NULL ? (const char *)value->content : "";
    }
    return NULL;
}

void pc_xml_free(pc_xml_walk *walk) {
    library.free_document(walk->document);
    free(walk);
}
