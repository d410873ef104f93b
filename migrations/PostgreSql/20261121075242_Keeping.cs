using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Keeping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Erasures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Artifact = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Item = table.Column<Guid>(type: "uuid", nullable: false),
                    Cause = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    ErasedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: false),
                    StoredAgainAt = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Erasures", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Erasures_Artifacts_Artifact",
                        column: x => x.Artifact,
                        principalTable: "Artifacts",
                        principalColumn: "Digest",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Holds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Item = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    PlacedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    PlacedAt = table.Column<long>(type: "bigint", nullable: false),
                    ReleasedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ReleasedAt = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Probes",
                columns: table => new
                {
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Dataset = table.Column<Guid>(type: "uuid", nullable: false),
                    Artifact = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    DrawnAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Probes", x => new { x.Version, x.Dataset });
                    table.ForeignKey(
                        name: "FK_Probes_Artifacts_Artifact",
                        column: x => x.Artifact,
                        principalTable: "Artifacts",
                        principalColumn: "Digest",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Probes_Datasets_Dataset",
                        column: x => x.Dataset,
                        principalTable: "Datasets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Probes_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublisherKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Pem = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    AddedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AddedAt = table.Column<long>(type: "bigint", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublisherKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Item = table.Column<Guid>(type: "uuid", nullable: false),
                    Class = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Retired = table.Column<bool>(type: "boolean", nullable: false),
                    ChosenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ChosenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionChoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Signatures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Bundle = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Key = table.Column<Guid>(type: "uuid", nullable: true),
                    Hint = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    RecordedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    RecordedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Signatures", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Signatures_Artifacts_Bundle",
                        column: x => x.Bundle,
                        principalTable: "Artifacts",
                        principalColumn: "Digest",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Signatures_PublisherKeys_Key",
                        column: x => x.Key,
                        principalTable: "PublisherKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Signatures_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Erasures_Artifact",
                table: "Erasures",
                column: "Artifact");

            migrationBuilder.CreateIndex(
                name: "IX_Holds_Kind_Item",
                table: "Holds",
                columns: new[] { "Kind", "Item" });

            migrationBuilder.CreateIndex(
                name: "IX_Probes_Artifact",
                table: "Probes",
                column: "Artifact");

            migrationBuilder.CreateIndex(
                name: "IX_Probes_Dataset",
                table: "Probes",
                column: "Dataset");

            migrationBuilder.CreateIndex(
                name: "IX_PublisherKeys_Fingerprint",
                table: "PublisherKeys",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_RetentionChoices_Kind_Item",
                table: "RetentionChoices",
                columns: new[] { "Kind", "Item" });

            migrationBuilder.CreateIndex(
                name: "IX_Signatures_Bundle",
                table: "Signatures",
                column: "Bundle");

            migrationBuilder.CreateIndex(
                name: "IX_Signatures_Key",
                table: "Signatures",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_Signatures_Version",
                table: "Signatures",
                column: "Version");

            // History is only added to, whoever writes: see AppendOnly.
            foreach (string table in (string[])["RetentionChoices", "Signatures", "Probes"])
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_append_only\" BEFORE UPDATE OR DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
            }

            foreach (string table in (string[])["Holds", "Erasures", "PublisherKeys"])
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_delete\" BEFORE DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Erasures");

            migrationBuilder.DropTable(
                name: "Holds");

            migrationBuilder.DropTable(
                name: "Probes");

            migrationBuilder.DropTable(
                name: "RetentionChoices");

            migrationBuilder.DropTable(
                name: "Signatures");

            migrationBuilder.DropTable(
                name: "PublisherKeys");
        }
    }
}
