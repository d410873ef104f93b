using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the facts about deployments and their traffic. Chunks are operational and have none.</summary>
    internal static class TrafficGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Deployments", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "DeploymentEnds", "\"Deployment\" = NEW.\"Deployment\"");
            Guards.AppendOnly(builder, "TrafficErasures", "\"Id\" = NEW.\"Id\"");
        }
    }
}
