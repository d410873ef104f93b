using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of tables of facts: history is only added to, whoever writes.</summary>
    internal static class Guards
    {
        /// <summary>A table whose rows are written once.</summary>
        public static void AppendOnly(MigrationBuilder builder, string table) => Add(builder, table, "append_only", "UPDATE OR DELETE");

        /// <summary>A table whose rows may change, by the rules of their type, but never go.</summary>
        public static void Kept(MigrationBuilder builder, string table) => Add(builder, table, "no_delete", "DELETE");

        private static void Add(MigrationBuilder builder, string table, string name, string when)
        {
            builder.Sql($"CREATE TRIGGER \"{table}_{name}\" BEFORE {when} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
            builder.Sql($"CREATE TRIGGER \"{table}_no_truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
        }
    }
}
