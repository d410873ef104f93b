using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Registry.Access;
using Governance.Registry.Datasets;

namespace Governance.Audit.Tests.Privacy;

public sealed class RowMaskTests
{
    private static readonly DatasetColumn[] Columns =
    [
        new("income", ColumnKind.Numeric, ColumnRole.Feature),
        new("sex", ColumnKind.Categorical, ColumnRole.Protected),
        new("case", ColumnKind.Numeric, ColumnRole.Id),
        new("note", ColumnKind.Text, ColumnRole.Feature) { Personal = true },
        new("name", ColumnKind.Text, ColumnRole.Feature) { Subject = true },
        new("denied", ColumnKind.Categorical, ColumnRole.Label),
    ];

    // The table of rights has one cell that shows them: a reviewer's, where the grant says so.
    public static TheoryData<Role, bool, bool> Everyone()
    {
        TheoryData<Role, bool, bool> all = [];
        foreach (Role role in Enum.GetValues<Role>())
        {
            all.Add(role, false, false);
            all.Add(role, true, role == Role.Reviewer);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public void Only_a_reviewer_whose_grant_says_so_reads_personal_cells(Role role, bool personalRows, bool unmasked)
    {
        AccessDecision decision = AccessPolicy.Decide(
            new HashSet<Role> { role }, Right.SeePersonalRows, new ModelRelation(Granted: true, Owner: true, PersonalRowsByGrant: personalRows));

        RowMask mask = RowMask.Of(decision, Columns);

        Assert.Equal(unmasked, mask.Unmasked);
        Assert.Equal(unmasked ? [] : ["case", "name", "note", "sex"], mask.Columns.Order());
        Assert.NotNull(mask.Sentence);
    }

    [Fact]
    public void The_open_table_holds_no_masked_column_and_all_rows()
    {
        RowMask mask = RowMask.Of(AccessDecision.Denied, Columns);
        Table table = new([new NumberColumn("income", [1, 2]), TextColumn.Of("sex", ["f", "m"])]);

        Assert.Equal(["income"], mask.Open(table).Columns.Select(column => column.Name));
        Assert.Equal(2, mask.Open(table.Keep(["sex"])).Rows);
        Assert.Equal([""], mask.Open(table.Keep(["sex"])).Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_warning_about_a_masked_column_quotes_no_cell()
    {
        RowMask mask = RowMask.Of(AccessDecision.Denied, Columns);

        IReadOnlyList<AuditWarning> masked = mask.Mask(
            [new AuditWarning("unseen", "Row 3 holds 'Ann Smith', which the model never saw.", 3, "name"), new AuditWarning("few", "Row 4 holds 17.", 4, "income")]);

        Assert.DoesNotContain("Ann", masked[0].Message, StringComparison.Ordinal);
        Assert.Equal(("unseen", 3L), (masked[0].Code, masked[0].Row));
        Assert.Contains("17", masked[1].Message, StringComparison.Ordinal);
    }
}
