using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the tables about schedules.</summary>
    internal static class ScheduleGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Schedules", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "ScheduleSteps", "\"Id\" = NEW.\"Id\" OR (\"Schedule\" = NEW.\"Schedule\" AND \"Number\" = NEW.\"Number\")");
        }
    }
}
