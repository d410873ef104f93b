using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Gauge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "GaugeMarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Principal = table.Column<Guid>(type: "uuid", nullable: false),
                    Answers = table.Column<int>(type: "integer", nullable: false),
                    Fidelity = table.Column<double>(type: "double precision", nullable: false),
                    Low = table.Column<double>(type: "double precision", nullable: false),
                    High = table.Column<double>(type: "double precision", nullable: false),
                    Retrain = table.Column<double>(type: "double precision", nullable: false),
                    Judged = table.Column<int>(type: "integer", nullable: false),
                    Family = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    MarkedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GaugeMarks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_GaugeMarks_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GaugeMarks_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GaugeReadings",
                columns: table => new
                {
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Principal = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Answers = table.Column<int>(type: "integer", nullable: false),
                    Fidelity = table.Column<double>(type: "double precision", nullable: false),
                    Low = table.Column<double>(type: "double precision", nullable: false),
                    High = table.Column<double>(type: "double precision", nullable: false),
                    Agreement = table.Column<double>(type: "double precision", nullable: false),
                    Retrain = table.Column<double>(type: "double precision", nullable: false),
                    Judged = table.Column<int>(type: "integer", nullable: false),
                    Family = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    MeasuredAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GaugeReadings", x => new { x.Version, x.Principal });
                });

            migrationBuilder.CreateTable(
                name: "GaugeDecisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Mark = table.Column<Guid>(type: "uuid", nullable: false),
                    Verdict = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Units = table.Column<long>(type: "bigint", nullable: false),
                    Spent = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GaugeDecisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_GaugeDecisions_GaugeMarks_Mark",
                        column: x => x.Mark,
                        principalTable: "GaugeMarks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_GaugeDecisions_Mark_At",
                table: "GaugeDecisions",
                columns: new[] { "Mark", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_GaugeMarks_Model_Principal",
                table: "GaugeMarks",
                columns: new[] { "Model", "Principal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GaugeMarks_Version",
                table: "GaugeMarks",
                column: "Version");

            migrationBuilder.CreateIndex(
                name: "IX_GaugeReadings_Model",
                table: "GaugeReadings",
                column: "Model");

            // History is only added to, whoever writes.
            Guards.AppendOnly(migrationBuilder, "GaugeMarks");
            Guards.AppendOnly(migrationBuilder, "GaugeDecisions");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "GaugeDecisions");

            migrationBuilder.DropTable(
                name: "GaugeReadings");

            migrationBuilder.DropTable(
                name: "GaugeMarks");
        }
    }
}
