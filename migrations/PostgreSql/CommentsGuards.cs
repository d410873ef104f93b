using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the tables of comments.</summary>
    internal static class CommentsGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "Comments");
            Guards.AppendOnly(builder, "CommentEdits");
        }
    }
}
