using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the tables about alerts and their destinations.</summary>
    internal static class AlertsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Alerts", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "AlertSteps", "\"Id\" = NEW.\"Id\" OR (\"Alert\" = NEW.\"Alert\" AND \"Number\" = NEW.\"Number\")");
            Guards.AppendOnly(builder, "AlertDestinations", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "AlertDestinationEnds", "\"Id\" = NEW.\"Id\" OR \"Destination\" = NEW.\"Destination\"");
        }
    }
}
