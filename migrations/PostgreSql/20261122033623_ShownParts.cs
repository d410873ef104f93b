using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ShownParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ByGroup",
                table: "ShownCohorts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "Rows",
                table: "ShownCohorts",
                type: "bytea",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ByGroup",
                table: "ShownCohorts");

            migrationBuilder.DropColumn(
                name: "Rows",
                table: "ShownCohorts");
        }
    }
}
