using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>Packs and adoptions are written once: a pack of a name and number never changes.</summary>
    internal static class PoliciesGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Guards.AppendOnly(migrationBuilder, "PolicyPacks", "\"Id\" = NEW.\"Id\" OR (\"Name\" = NEW.\"Name\" AND \"Number\" = NEW.\"Number\")");
            Guards.AppendOnly(migrationBuilder, "PolicyAdoptions", "\"Id\" = NEW.\"Id\"");
        }
    }
}
