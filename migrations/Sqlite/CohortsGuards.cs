using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the tables of saved cohorts.</summary>
    internal static class CohortsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "SavedCohorts", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "SavedCohortSteps", "\"Id\" = NEW.\"Id\" OR (\"Cohort\" = NEW.\"Cohort\" AND \"Number\" = NEW.\"Number\")");
        }
    }
}
