using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the tables of saved cohorts.</summary>
    internal static class CohortsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "SavedCohorts");
            Guards.AppendOnly(builder, "SavedCohortSteps");
        }
    }
}
