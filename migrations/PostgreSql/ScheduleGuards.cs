using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the tables about schedules.</summary>
    internal static class ScheduleGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Schedules");
            Guards.AppendOnly(builder, "ScheduleSteps");
        }
    }
}
