using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Serving : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ServingChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    BatchRows = table.Column<int>(type: "INTEGER", nullable: false),
                    DelayMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    QueueRows = table.Column<int>(type: "INTEGER", nullable: false),
                    LimitMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    CacheSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    CacheMegabytes = table.Column<int>(type: "INTEGER", nullable: false),
                    RowsPerMinute = table.Column<int>(type: "INTEGER", nullable: false),
                    Provider = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ChosenBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ChosenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServingChoices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServingChoices_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ServingChoices_Version",
                table: "ServingChoices",
                column: "Version");

            ServingGuards.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ServingChoices");
        }
    }
}
