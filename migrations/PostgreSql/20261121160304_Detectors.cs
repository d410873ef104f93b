using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Detectors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TheftAlarms",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Stream = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Holder = table.Column<Guid>(type: "uuid", nullable: true),
                    Detector = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Level = table.Column<double>(type: "double precision", nullable: false),
                    Observed = table.Column<long>(type: "bigint", nullable: false),
                    RaisedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TheftAlarms", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TheftAlarms_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_TheftAlarms_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AlarmSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Alarm = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlarmSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AlarmSteps_TheftAlarms_Alarm",
                        column: x => x.Alarm,
                        principalTable: "TheftAlarms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AlarmSteps_Alarm_Kind",
                table: "AlarmSteps",
                columns: new[] { "Alarm", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TheftAlarms_Model_RaisedAt",
                table: "TheftAlarms",
                columns: new[] { "Model", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TheftAlarms_Version",
                table: "TheftAlarms",
                column: "Version");

            // History is only added to, whoever writes.
            Guards.AppendOnly(migrationBuilder, "TheftAlarms");
            Guards.AppendOnly(migrationBuilder, "AlarmSteps");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlarmSteps");

            migrationBuilder.DropTable(
                name: "TheftAlarms");
        }
    }
}
