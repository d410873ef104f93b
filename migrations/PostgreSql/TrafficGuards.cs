using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the facts about deployments and their traffic. Chunks are operational and have none.</summary>
    internal static class TrafficGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Deployments");
            Guards.AppendOnly(builder, "DeploymentEnds");
            Guards.AppendOnly(builder, "TrafficErasures");
        }
    }
}
