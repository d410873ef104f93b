using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    BatchRows = table.Column<int>(type: "integer", nullable: false),
                    DelayMilliseconds = table.Column<int>(type: "integer", nullable: false),
                    QueueRows = table.Column<int>(type: "integer", nullable: false),
                    LimitMilliseconds = table.Column<int>(type: "integer", nullable: false),
                    CacheSeconds = table.Column<int>(type: "integer", nullable: false),
                    CacheMegabytes = table.Column<int>(type: "integer", nullable: false),
                    RowsPerMinute = table.Column<int>(type: "integer", nullable: false),
                    Provider = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ChosenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ChosenAt = table.Column<long>(type: "bigint", nullable: false)
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
