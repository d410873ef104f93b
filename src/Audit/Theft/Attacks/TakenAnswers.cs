using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Theft.Attacks;

/// <summary>What a thief has collected: rows with their answers.</summary>
public sealed class TakenAnswers(IOracle oracle)
{
    private readonly List<float[]> rows = [];
    private readonly List<OracleAnswer> answers = [];

    /// <summary>The front door.</summary>
    public IOracle Oracle => oracle;

    /// <summary>Rows answered.</summary>
    public int Count => rows.Count;

    /// <summary>Shape [rows][width].</summary>
    public IReadOnlyList<float[]> Rows => rows;

    /// <summary>Shape [rows].</summary>
    public IReadOnlyList<OracleAnswer> Answers => answers;

    /// <summary>Whether any answer shows more than a label.</summary>
    public bool HasScores => answers.Exists(answer => answer.Scores is not null);

    /// <summary>Asks about rows and keeps what was answered.</summary>
    /// <returns>The new answers; fewer than rows where the door closed.</returns>
    public IReadOnlyList<OracleAnswer> Ask(IReadOnlyList<float[]> asked, QueryKind kind, CancellationToken cancellationToken)
    {
        IReadOnlyList<OracleAnswer> given = oracle.Ask(asked, kind, cancellationToken);
        for (int i = 0; i < given.Count; i++)
        {
            rows.Add(asked[i]);
            answers.Add(given[i]);
        }

        return given;
    }

    /// <summary>Adds a row whose answer follows from another's, such as a counterfactual.</summary>
    public void Add(float[] row, OracleAnswer answer)
    {
        rows.Add(row);
        answers.Add(answer);
    }

    /// <summary>The same answers as decisions alone.</summary>
    public TakenAnswers Labels()
    {
        TakenAnswers labels = new(oracle);
        for (int row = 0; row < Count; row++)
        {
            labels.Add(rows[row], new OracleAnswer { Label = answers[row].Label });
        }

        return labels;
    }

    /// <summary>The answers to some of the rows.</summary>
    /// <param name="places">Which.</param>
    public TakenAnswers Take(IEnumerable<int> places)
    {
        TakenAnswers taken = new(oracle);
        foreach (int place in places)
        {
            taken.Add(rows[place], answers[place]);
        }

        return taken;
    }
}
