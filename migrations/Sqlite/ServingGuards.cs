using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>A choice of how a version is served is written once.</summary>
    internal static class ServingGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Guards.AppendOnly(migrationBuilder, "ServingChoices", "\"Id\" = NEW.\"Id\"");
        }
    }
}
