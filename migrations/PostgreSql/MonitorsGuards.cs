using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>Plans of monitors are written once. Readings are operational and have no triggers.</summary>
    internal static class MonitorsGuards
    {
        public static void Add(MigrationBuilder builder) => Guards.AppendOnly(builder, "MonitorPlans");
    }
}
