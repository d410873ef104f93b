using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Monitors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MonitorPlans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 65536, nullable: false),
                    AssignedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    AssignedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonitorPlans", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonitorPlans_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MonitorReadings",
                columns: table => new
                {
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Plan = table.Column<Guid>(type: "TEXT", nullable: false),
                    Monitor = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Series = table.Column<string>(type: "TEXT", maxLength: 361, nullable: false),
                    WindowFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    WindowTo = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Metric = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Column = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Cohort = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Attribute = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<double>(type: "REAL", nullable: true),
                    Low = table.Column<double>(type: "REAL", nullable: true),
                    High = table.Column<double>(type: "REAL", nullable: true),
                    Reference = table.Column<double>(type: "REAL", nullable: true),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    PValue = table.Column<double>(type: "REAL", nullable: true),
                    Adjusted = table.Column<double>(type: "REAL", nullable: true),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ExplainedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Settled = table.Column<bool>(type: "INTEGER", nullable: false),
                    Sentence = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonitorReadings", x => new { x.Deployment, x.Plan, x.Monitor, x.WindowFrom, x.WindowTo, x.Series });
                });

            migrationBuilder.CreateIndex(
                name: "IX_MonitorPlans_Deployment_AssignedAt",
                table: "MonitorPlans",
                columns: new[] { "Deployment", "AssignedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MonitorReadings_Deployment_WindowTo",
                table: "MonitorReadings",
                columns: new[] { "Deployment", "WindowTo" });

            MonitorsGuards.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MonitorPlans");

            migrationBuilder.DropTable(
                name: "MonitorReadings");
        }
    }
}
