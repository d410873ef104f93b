using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the tables of comments.</summary>
    internal static class CommentsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Comments", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "CommentEdits", "\"Id\" = NEW.\"Id\" OR (\"Comment\" = NEW.\"Comment\" AND \"Number\" = NEW.\"Number\")");
        }
    }
}
