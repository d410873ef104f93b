using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql;

/// <summary>The triggers of the tables about privacy: history is only added to, whoever writes (see AppendOnly).</summary>
internal static class PrivacyGuards
{
    public static void Add(MigrationBuilder migrationBuilder)
    {
        foreach ((string table, string change) in (System.ReadOnlySpan<(string, string)>)
            [
                ("ColumnMarks", "UPDATE OR DELETE"), ("PrivacyKeys", "UPDATE OR DELETE"), ("SubjectErasures", "UPDATE OR DELETE"), ("SubjectRequests", "DELETE"),
            ])
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_append_only\" BEFORE {change} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
        }
    }
}
