using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite;

/// <summary>The triggers of the tables about privacy: history is only added to, whoever writes (see AppendOnly).</summary>
internal static class PrivacyGuards
{
    public static void Add(MigrationBuilder migrationBuilder)
    {
        foreach ((string table, string key) in (System.ReadOnlySpan<(string, string)>)
            [
                ("ColumnMarks", "\"Dataset\" = NEW.\"Dataset\" AND \"Column\" = NEW.\"Column\" AND \"Kind\" = NEW.\"Kind\""),
                ("PrivacyKeys", "\"Number\" = NEW.\"Number\""),
                ("SubjectErasures", "\"Request\" = NEW.\"Request\" AND \"Dataset\" = NEW.\"Dataset\""),
            ])
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_update\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_delete\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_replace\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {key}) BEGIN SELECT RAISE(ABORT, '{table} is append-only: UNIQUE key taken'); END;");
        }

        migrationBuilder.Sql("CREATE TRIGGER \"SubjectRequests_no_delete\" BEFORE DELETE ON \"SubjectRequests\" BEGIN SELECT RAISE(ABORT, 'SubjectRequests are kept'); END;");
    }
}
