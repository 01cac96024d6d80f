-- SPDX-License-Identifier: Apache-2.0
-- The schema as version 5 has it on the other engines; MariaDB begins here. Every statement can be run again, because MariaDB
-- does not undo what a migration did before it failed. Names are compared byte by byte, trailing blanks too (nopad_bin).
-- Times are microseconds since the epoch, UTC. Row ids of events and samples: batch << 20 | place within the batch.
-- A reference of 0 means none.

-- One row for each message id ever accepted: what makes counting twice impossible.
CREATE TABLE IF NOT EXISTS intake (
    message_key  binary(16) NOT NULL PRIMARY KEY,
    body_hash    binary(16) NOT NULL,
    accepted_at  bigint NOT NULL,
    -- the id as sent, where it is not a UUID in canonical form
    message_text longtext
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS intake_by_age ON intake (accepted_at);

CREATE TABLE IF NOT EXISTS event_types (
    id   int  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(600) NOT NULL UNIQUE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Projects and users.
CREATE TABLE IF NOT EXISTS labels (
    id   int  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(600) NOT NULL UNIQUE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS resources (
    id   int  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(600) NOT NULL UNIQUE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS meters (
    id   int  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(600) NOT NULL,
    type varchar(20)  NOT NULL,
    unit varchar(600) NOT NULL,
    -- the three together are longer than a key may be; none of them holds a NUL character
    digest binary(32) AS (unhex(sha2(concat_ws(0x00, name, type, unit), 256))) STORED,
    UNIQUE (digest)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a kind of source (0 notifications, 1 polling) said about a resource; each content once.
CREATE TABLE IF NOT EXISTS metadata_versions (
    id           bigint   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    valid_from   bigint   NOT NULL,
    resource_ref int      NOT NULL,
    kind         smallint NOT NULL,
    content_hash binary(16) NOT NULL,
    content      longblob    NOT NULL,
    UNIQUE (resource_ref, kind, content_hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS events (
    id           bigint NOT NULL PRIMARY KEY,
    generated    bigint NOT NULL,
    message_key  binary(16) NOT NULL,
    type_ref     int    NOT NULL,
    message_text longtext,
    -- [[name, dtype, value], …]
    traits       longtext NOT NULL,
    raw          longblob
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS events_by_type ON events (type_ref, generated);
CREATE INDEX IF NOT EXISTS events_by_time ON events (generated);

-- What one message says about one resource at one time.
CREATE TABLE IF NOT EXISTS samples (
    id           bigint NOT NULL PRIMARY KEY,
    measured     bigint NOT NULL,
    metadata_ref bigint NOT NULL,
    message_key  binary(16) NOT NULL,
    resource_ref int    NOT NULL,
    project_ref  int    NOT NULL,
    user_ref     int    NOT NULL,
    pack         longblob  NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS samples_by_resource ON samples (resource_ref, measured);
CREATE INDEX IF NOT EXISTS samples_by_time ON samples (measured);

-- What could not be processed, whole. Identity: SHA-256 of exchange, routing key and body.
CREATE TABLE IF NOT EXISTS recovery (
    id          binary(32) NOT NULL PRIMARY KEY,
    state       varchar(20) NOT NULL CHECK (state IN ('OPEN', 'RESOLVED', 'DISCARDED')),
    -- what is still to be done: WHOLE, or the EVENT of a message whose samples are committed
    outstanding varchar(20) NOT NULL CHECK (outstanding IN ('WHOLE', 'EVENT')),
    step        varchar(60) NOT NULL,
    kind        varchar(60) NOT NULL,
    detail      longtext   NOT NULL,
    exchange    longtext   NOT NULL,
    routing_key longtext   NOT NULL,
    properties  longtext   NOT NULL,
    body        longblob  NOT NULL,
    -- of what came, before secrets were masked; null if it named no id, or once a person gave it another body
    body_hash   binary(16),
    message_id  longtext,
    first_seen  bigint NOT NULL,
    last_seen   bigint NOT NULL,
    seen        bigint NOT NULL,
    attempts    int    NOT NULL,
    revision    int    NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS recovery_by_state ON recovery (state, kind, last_seen);
CREATE INDEX IF NOT EXISTS recovery_by_age ON recovery (last_seen);

-- What people did to entries of recovery; the body is the one that an edit replaced.
CREATE TABLE IF NOT EXISTS recovery_history (
    id       bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    entry_id binary(32) NOT NULL,
    at       bigint NOT NULL,
    action   longtext   NOT NULL,
    detail   longtext   NOT NULL,
    body     longblob
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS recovery_history_by_entry ON recovery_history (entry_id, id);

CREATE SEQUENCE IF NOT EXISTS batch_numbers;

-- The last position given. Its row lock, held to the end of the transaction, makes the order of positions that of commits.
CREATE TABLE IF NOT EXISTS log_head (
    one      int    NOT NULL PRIMARY KEY CHECK (one = 1),
    position bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
INSERT INTO log_head VALUES (1, 0) ON DUPLICATE KEY UPDATE one = one;

-- One row per commit.
CREATE TABLE IF NOT EXISTS log (
    position     bigint NOT NULL PRIMARY KEY,
    batch        bigint NOT NULL,
    committed_at bigint NOT NULL,
    events       int    NOT NULL,
    packs        int    NOT NULL,
    samples      int    NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- How far each source has come. Totals since the ledger began.
CREATE TABLE IF NOT EXISTS consumers (
    name varchar(600) NOT NULL PRIMARY KEY,
    position        bigint NOT NULL,
    updated_at      bigint NOT NULL,
    messages        bigint NOT NULL,
    events          bigint NOT NULL,
    sample_only     bigint NOT NULL,
    unmatched       bigint NOT NULL,
    recovered       bigint NOT NULL,
    duplicates      bigint NOT NULL,
    conflicts       bigint NOT NULL,
    fenced          bigint NOT NULL,
    samples         bigint NOT NULL,
    samples_refused bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- How far each reader of the log has come.
CREATE TABLE IF NOT EXISTS cursors (
    name varchar(600) NOT NULL PRIMARY KEY,
    position   bigint NOT NULL,
    updated_at bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Stretches of time in which a source lost messages, or may have; ended is null while it lasts.
CREATE TABLE IF NOT EXISTS gaps (
    source        varchar(250) NOT NULL,
    kind          varchar(60)  NOT NULL,
    subject       varchar(400) NOT NULL,
    began         bigint NOT NULL,
    began_earlier int    NOT NULL,
    ended         bigint,
    lost          bigint,
    at_least      int    NOT NULL,
    detail        longtext   NOT NULL,
    PRIMARY KEY (source, kind, subject, began)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a polling source is called and how often it measures.
CREATE TABLE IF NOT EXISTS slot_sources (
    id         smallint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(600) NOT NULL,
    interval_s bigint   NOT NULL,
    UNIQUE (name, interval_s)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Who has ever measured a source.
CREATE TABLE IF NOT EXISTS slot_members (
    id         int      NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source_ref smallint NOT NULL,
    name varchar(600) NOT NULL,
    UNIQUE (source_ref, name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- From which slot on, and until when, slots of a member are expected. Who returns after it was retired begins another stay.
CREATE TABLE IF NOT EXISTS slot_stays (
    member_ref int    NOT NULL,
    -- beginning of the first slot
    began      bigint NOT NULL,
    -- slots that begin then or later are not expected; null while the member is
    ended      bigint,
    reason     longtext,
    -- of a member that is there: it has one stay that lasts
    lasting    int AS (IF(ended IS NULL, member_ref, NULL)) STORED,
    PRIMARY KEY (member_ref, began),
    UNIQUE (lasting)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a member delivered of a slot. A slot of which nothing came has no row.
CREATE TABLE IF NOT EXISTS slots (
    began           bigint NOT NULL,
    -- null if the member could not measure
    measured        bigint,
    first_committed bigint NOT NULL,
    -- when the latest part came that was not there yet
    last_committed  bigint NOT NULL,
    member_ref      int    NOT NULL,
    parts           int    NOT NULL,
    samples         int    NOT NULL,
    refused         int    NOT NULL,
    -- bit n - 1 for part n, lowest bit first
    seen            longblob  NOT NULL,
    -- [[reason, count, detail], …]
    shortfalls      longtext,
    PRIMARY KEY (member_ref, began)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS slots_by_age ON slots (began);

-- What is measured of a resource at one time in a slot. The ids of samples are
-- those of their slot, meter and resource; a further row for the same resource and slot, of other meters, has the next
-- number: whoever read the earlier ones too soon finds the number taken.
CREATE TABLE IF NOT EXISTS slot_samples (
    id           bigint   NOT NULL PRIMARY KEY,
    measured     bigint   NOT NULL,
    slot_began   bigint   NOT NULL,
    metadata_ref bigint   NOT NULL,
    resource_ref int      NOT NULL,
    project_ref  int      NOT NULL,
    user_ref     int      NOT NULL,
    source_ref   smallint NOT NULL,
    number       smallint NOT NULL,
    pack         longblob    NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE UNIQUE INDEX IF NOT EXISTS slot_samples_once ON slot_samples (slot_began, resource_ref, source_ref, number);
CREATE INDEX IF NOT EXISTS slot_samples_by_resource ON slot_samples (resource_ref, measured);
CREATE INDEX IF NOT EXISTS slot_samples_by_time ON slot_samples (measured);

-- Rows of samples that were committed before anybody knew the metadata of what they are of.
CREATE TABLE IF NOT EXISTS pending_samples (
    -- of the row in slot_samples
    sample_id bigint NOT NULL PRIMARY KEY,
    instance  longtext   NOT NULL,
    -- the moment as of which the metadata is wanted
    as_of     bigint NOT NULL,
    since     bigint NOT NULL,
    -- null while somebody may still complete it
    given_up  bigint,
    -- [what the sender told of the instance, what belongs into the metadata beside], JSON, deflated
    body      longblob  NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS pending_samples_by_age ON pending_samples (as_of);

-- Processes that share work, while they live. A member whose time is up is none.
CREATE TABLE IF NOT EXISTS members (
    name varchar(400) NOT NULL,
    incarnation varchar(200) NOT NULL,
    -- what it takes part in, separated by commas
    groups      longtext   NOT NULL,
    since       bigint NOT NULL,
    expires     bigint NOT NULL,
    PRIMARY KEY (name, incarnation)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Grows with every change of who is a member.
CREATE TABLE IF NOT EXISTS members_head (
    one      int NOT NULL PRIMARY KEY CHECK (one = 1),
    revision bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
INSERT INTO members_head VALUES (1, 0) ON DUPLICATE KEY UPDATE one = one;

-- Who began last to own a unit of work, which stands in slot_members like a host.
CREATE TABLE IF NOT EXISTS unit_epochs (
    member_ref int NOT NULL PRIMARY KEY,
    epoch      bigint NOT NULL,
    owner      longtext   NOT NULL,
    granted    bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Who measures, or measured, a slot of a unit. What an earlier epoch brings of it is not taken.
CREATE TABLE IF NOT EXISTS slot_claims (
    member_ref int NOT NULL,
    began      bigint NOT NULL,
    epoch      bigint NOT NULL,
    owner      longtext   NOT NULL,
    claimed    bigint NOT NULL,
    PRIMARY KEY (member_ref, began)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS slot_claims_by_age ON slot_claims (began);

-- The resources that a discovery found last, for those who measure shares of them.
CREATE TABLE IF NOT EXISTS rosters (
    name varchar(600) NOT NULL PRIMARY KEY,
    -- beginning of the slot in which it was listed
    began   bigint NOT NULL,
    -- JSON, deflated
    content longblob   NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
