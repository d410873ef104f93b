using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Inspections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Inspections",
                columns: table => new
                {
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Report = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Faults = table.Column<int>(type: "integer", nullable: false),
                    InspectedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inspections", x => x.Version);
                    table.ForeignKey(
                        name: "FK_Inspections_Artifacts_Report",
                        column: x => x.Report,
                        principalTable: "Artifacts",
                        principalColumn: "Digest",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Inspections_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Inspections_Report",
                table: "Inspections",
                column: "Report");

            // History is only added to, whoever writes: see AppendOnly.
            migrationBuilder.Sql("CREATE TRIGGER \"Inspections_append_only\" BEFORE UPDATE OR DELETE ON \"Inspections\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
            migrationBuilder.Sql("CREATE TRIGGER \"Inspections_no_truncate\" BEFORE TRUNCATE ON \"Inspections\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Inspections");
        }
    }
}
