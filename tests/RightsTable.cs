using Governance.Registry.Access;

namespace Governance.Tests;

/// <summary>The table of rights as it was agreed, read from its text (tests/rights.md): what tests expect comes from here.</summary>
internal static class RightsTable
{
    /// <summary>The columns in their order.</summary>
    public static readonly Role[] Columns =
        [Role.Developer, Role.Reviewer, Role.Approver, Role.Auditor, Role.Consumer, Role.Operator, Role.Administrator];

    // The first words of a row, and the right that it is. "Suspend" is its own right inside the operators' row.
    private static readonly (string Starts, Right Right)[] Rows =
    [
        ("see model", Right.SeeModel), ("register", Right.Register), ("run audits", Right.RunAudit), ("predict", Right.Predict),
        ("explain a row", Right.ExplainRow), ("coefficients", Right.SeeCoefficients), ("rows with", Right.SeePersonalRows),
        ("review", Right.Review), ("approve", Right.Approve), ("deploy", Right.Operate), ("download", Right.DownloadArtifact),
        ("ledger", Right.SeeLedger), ("users", Right.Administer),
    ];

    private static readonly Lazy<Dictionary<(Role, Right), string>> Cells = new(Read);

    /// <summary>The words of a cell.</summary>
    public static string Cell(Role role, Right right) => right == Right.Suspend
        ? Cells.Value[(role, Right.Operate)] is "suspend" or "Y" ? "Y" : "–"
        : right == Right.Operate && Cells.Value[(role, right)] == "suspend" ? "–"
        : Cells.Value[(role, right)];

    /// <summary>Whether a cell lets its role use the right by itself, and how the person stands to the model.</summary>
    public static bool Allows(Role role, Right right, ModelRelation relation) => Cell(role, right) switch
    {
        "–" or "name only" or "two persons, reason" or "propose policy" or "own tokens" => false,
        "all" or "Y; loosening needs a second administrator" => true,
        "Y if owner" => relation.Granted && relation.Owner,
        "B if granted" => relation.Granted && relation.ExplanationsByGrant,
        "if granted, logged" => relation.Granted && relation.PersonalRowsByGrant,
        "masked" => relation.Granted || Cell(role, Right.SeeModel) == "all",
        "Y" or "B" or "own models" or "Y, not own" or "Y, not own, not reviewed by them" => relation.Granted,
        string other => throw new InvalidDataException($"The table has a cell that no test knows: {other}"),
    };

    /// <summary>Whether the model exists for the role in full, by name only, or not.</summary>
    public static ModelVisibility Sees(Role role, ModelRelation relation) => Cell(role, Right.SeeModel) switch
    {
        "all" => ModelVisibility.Full,
        "Y" => relation.Granted ? ModelVisibility.Full : ModelVisibility.None,
        "name only" => relation.Granted || role == Role.Administrator ? ModelVisibility.NameOnly : ModelVisibility.None,
        string other => throw new InvalidDataException($"The table has a cell that no test knows: {other}"),
    };

    private static Dictionary<(Role, Right), string> Read()
    {
        string[][] lines =
        [
            .. File.ReadLines(Path.Combine(Reference.Repository, "tests", "rights.md"))
                .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
                .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
        Assert.Equal(Rows.Length + 1, lines.Length); // the head, and no row that nobody tests
        Assert.All(lines, line => Assert.Equal(Columns.Length + 1, line.Length));
        return Rows.SelectMany(row =>
        {
            string[] line = Assert.Single(lines, each => each[0].StartsWith(row.Starts, StringComparison.Ordinal));
            return Columns.Select((role, column) => (Key: (role, row.Right), Cell: line[column + 1]));
        }).ToDictionary(pair => pair.Key, pair => pair.Cell);
    }
}
