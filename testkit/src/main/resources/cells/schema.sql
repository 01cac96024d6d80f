-- What a cell database of Nova 26.2 (revision ccb0fa1a2252) looks like in the tables and columns that are read, and in those beside
-- them that hold secrets. Types, defaults and indexes are those that Nova's own migrations made on MariaDB 10.11.
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
INSERT INTO alembic_version VALUES ('ccb0fa1a2252');
CREATE TABLE instances (
  created_at datetime, updated_at datetime, deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id varchar(255), project_id varchar(255), image_ref varchar(255), kernel_id varchar(255), ramdisk_id varchar(255),
  key_name varchar(255), key_data mediumtext, power_state int, vm_state varchar(255), memory_mb int, vcpus int, hostname varchar(255),
  host varchar(255), user_data mediumtext, reservation_id varchar(255), launched_at datetime, terminated_at datetime,
  display_name varchar(255), availability_zone varchar(255), os_type varchar(255), instance_type_id int, uuid varchar(36) NOT NULL,
  architecture varchar(255), access_ip_v4 varchar(39), access_ip_v6 varchar(39), task_state varchar(255), progress int, root_gb int,
  ephemeral_gb int, cell_name varchar(255), node varchar(255), deleted int, cleaned int, hidden tinyint(1),
  UNIQUE KEY uniq_instances0uuid (uuid),
  KEY instances_project_id_deleted_idx (project_id, deleted),
  KEY instances_updated_at_project_id_idx (updated_at, project_id),
  KEY instances_terminated_at_launched_at_idx (terminated_at, launched_at),
  KEY instances_deleted_created_at_idx (deleted, created_at),
  KEY instances_uuid_deleted_idx (uuid, deleted),
  KEY instances_host_node_deleted_idx (host, node, deleted),
  KEY instances_task_state_updated_at_idx (task_state, updated_at),
  KEY instances_host_deleted_cleaned_idx (host, deleted, cleaned)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE instance_extra (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY, instance_uuid varchar(36) NOT NULL, flavor text, keypairs text, deleted int,
  KEY instance_extra_idx (instance_uuid),
  CONSTRAINT instance_extra_instance_uuid_fkey FOREIGN KEY (instance_uuid) REFERENCES instances (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE instance_metadata (
  deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY, `key` varchar(255), value varchar(255), instance_uuid varchar(36), deleted int,
  KEY instance_metadata_instance_uuid_idx (instance_uuid),
  CONSTRAINT instance_metadata_instance_uuid_fkey FOREIGN KEY (instance_uuid) REFERENCES instances (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE instance_system_metadata (
  deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY, instance_uuid varchar(36) NOT NULL, `key` varchar(255) NOT NULL,
  value varchar(255), deleted int,
  KEY instance_uuid (instance_uuid),
  CONSTRAINT instance_system_metadata_ibfk_1 FOREIGN KEY (instance_uuid) REFERENCES instances (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE tags (
  resource_id varchar(36) NOT NULL, tag varchar(80) NOT NULL, PRIMARY KEY (resource_id, tag), KEY tags_tag_idx (tag)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE services (
  deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY, host varchar(255), `binary` varchar(255), topic varchar(255),
  report_count int NOT NULL, disabled tinyint(1), deleted int, disabled_reason varchar(255), last_seen_up datetime,
  forced_down tinyint(1), version int, uuid varchar(36),
  UNIQUE KEY uniq_services0host0binary0deleted (host, `binary`, deleted), UNIQUE KEY services_uuid_idx (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE compute_nodes (
  updated_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY, vcpus int NOT NULL, memory_mb int NOT NULL, local_gb int NOT NULL,
  vcpus_used int NOT NULL, memory_mb_used int NOT NULL, local_gb_used int NOT NULL, hypervisor_type mediumtext NOT NULL,
  hypervisor_version int NOT NULL, disk_available_least int, free_ram_mb int, free_disk_gb int, current_workload int, running_vms int,
  hypervisor_hostname varchar(255), deleted int, host varchar(255), uuid varchar(36),
  UNIQUE KEY uniq_compute_nodes0host0hypervisor_hostname0deleted (host, hypervisor_hostname, deleted),
  UNIQUE KEY compute_nodes_uuid_idx (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE migrations (
  created_at datetime, updated_at datetime, deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  source_compute varchar(255), dest_compute varchar(255), dest_host varchar(255), status varchar(255), instance_uuid varchar(36),
  old_instance_type_id int, new_instance_type_id int, source_node varchar(255), dest_node varchar(255), deleted int,
  migration_type enum('migration','resize','live-migration','evacuation'), hidden tinyint(1), memory_total bigint,
  memory_processed bigint, memory_remaining bigint, disk_total bigint, disk_processed bigint, disk_remaining bigint, uuid varchar(36),
  cross_cell_move tinyint(1), user_id varchar(255), project_id varchar(255),
  UNIQUE KEY migrations_uuid (uuid),
  KEY migrations_instance_uuid_and_status_idx (deleted, instance_uuid, status),
  KEY migrations_updated_at_idx (updated_at),
  KEY fk_migrations_instance_uuid (instance_uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE instance_actions (
  created_at datetime, updated_at datetime, deleted_at datetime, id int NOT NULL AUTO_INCREMENT PRIMARY KEY, action varchar(255),
  instance_uuid varchar(36), request_id varchar(255), user_id varchar(255), project_id varchar(255), start_time datetime,
  finish_time datetime, message varchar(255), deleted int,
  KEY instance_uuid_idx (instance_uuid),
  KEY instance_actions_instance_uuid_updated_at_idx (instance_uuid, updated_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
