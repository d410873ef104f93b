using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>Packs and adoptions are written once: a pack of a name and number never changes.</summary>
    internal static class PoliciesGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Guards.AppendOnly(migrationBuilder, "PolicyPacks");
            Guards.AppendOnly(migrationBuilder, "PolicyAdoptions");
        }
    }
}
