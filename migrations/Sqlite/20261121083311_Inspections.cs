using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
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
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Faults = table.Column<int>(type: "INTEGER", nullable: false),
                    InspectedAt = table.Column<long>(type: "INTEGER", nullable: false)
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
            migrationBuilder.Sql("CREATE TRIGGER \"Inspections_no_update\" BEFORE UPDATE ON \"Inspections\" BEGIN SELECT RAISE(ABORT, 'Inspections is append-only'); END;");
            migrationBuilder.Sql("CREATE TRIGGER \"Inspections_no_delete\" BEFORE DELETE ON \"Inspections\" BEGIN SELECT RAISE(ABORT, 'Inspections is append-only'); END;");
            migrationBuilder.Sql("CREATE TRIGGER \"Inspections_no_replace\" BEFORE INSERT ON \"Inspections\" WHEN EXISTS (SELECT 1 FROM \"Inspections\" WHERE \"Version\" = NEW.\"Version\") BEGIN SELECT RAISE(ABORT, 'Inspections is append-only: UNIQUE key taken'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Inspections");
        }
    }
}
