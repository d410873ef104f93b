using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the table of annotations.</summary>
    internal static class AnnotationsGuards
    {
        public static void Add(MigrationBuilder builder) => Guards.AppendOnly(builder, "Annotations");
    }
}
