using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the tables about alerts and their destinations.</summary>
    internal static class AlertsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            foreach (string table in (string[])["Alerts", "AlertSteps", "AlertDestinations", "AlertDestinationEnds"])
            {
                Guards.AppendOnly(builder, table);
            }
        }
    }
}
