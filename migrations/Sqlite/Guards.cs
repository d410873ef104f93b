using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of tables of facts: history is only added to, whoever writes.</summary>
    internal static class Guards
    {
        /// <summary>A table whose rows are written once.</summary>
        /// <param name="builder">The migration.</param>
        /// <param name="table">Which table.</param>
        /// <param name="key">What says that NEW takes the place of a row: INSERT OR REPLACE deletes without firing a delete trigger.</param>
        public static void AppendOnly(MigrationBuilder builder, string table, string key)
        {
            builder.Sql($"CREATE TRIGGER \"{table}_no_update\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
            builder.Sql($"CREATE TRIGGER \"{table}_no_replace\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {key}) BEGIN SELECT RAISE(ABORT, '{table} is append-only: UNIQUE key taken'); END;");
            Kept(builder, table);
        }

        /// <summary>A table whose rows may change, by the rules of their type, but never go.</summary>
        public static void Kept(MigrationBuilder builder, string table) =>
            builder.Sql($"CREATE TRIGGER \"{table}_no_delete\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} are kept'); END;");
    }
}
