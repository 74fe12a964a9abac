# hmapview: build, run, test, install. `make help` lists the targets.

CC ?= cc
PREFIX ?= /usr/local
VERSION := 0.1.0
BUILD ?= build

PACKAGES := gcc make pkg-config libncurses-dev libtermkey-dev libiniparser-dev libjansson-dev \
	libcmocka-dev libvterm-dev

FEATURES := -D_GNU_SOURCE
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
OPT ?= -O2 -g
SAN ?=
WERROR ?=
CPPFLAGS += -I. $(FEATURES) -DHMAPVIEW_VERSION='"$(VERSION)"' -DHMAPVIEW_SHARE='"$(PREFIX)/share/hmapview"'
CFLAGS_ALL = -std=c11 $(OPT) $(WARN) $(WERROR) $(SAN) $(CFLAGS)
PKG_CONFIG ?= pkg-config
LIBS := ncursesw termkey jansson
LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags-only-I $(LIBS) 2>/dev/null)
LIB_LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null || echo -lncursesw -ltinfo -ltermkey -ljansson) -liniparser
TEST_LDLIBS := -lcmocka -lvterm -lutil

MODEL := $(patsubst %.c,$(BUILD)/%.o,$(wildcard model/*.c))
FRONT := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tui/main.c,$(wildcard tui/*.c themes/*.c config/*.c)))
LIB := $(MODEL) $(FRONT)
PROGRAM := $(BUILD)/hmapview
TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/test_*.c))
TEST_HELP := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(wildcard tests/*/test_*.c),$(wildcard tests/*/*.c)))

all: need-build $(PROGRAM)

need-build need-test: need-%:
	@:

$(PROGRAM): $(BUILD)/tui/main.o $(LIB)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) -lm

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# A change of compiler or flags rebuilds everything.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS_ALL)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS_ALL)' > $@

$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(TEST_HELP) $(LIB)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) $(TEST_LDLIBS) -lm

clean:
	rm -rf build

FORCE:
.PHONY: all clean FORCE
.SECONDARY:

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
