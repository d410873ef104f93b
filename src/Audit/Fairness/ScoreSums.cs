namespace Governance.Audit.Fairness;

/// <summary>What one sweep adds up of a group's rows.</summary>
internal struct ScoreSums
{
    /// <summary>Weight by cell, as <see cref="BinaryFigures.FromCells"/> takes it.</summary>
    public OutcomeWeights Cells;

    /// <summary>The weight of rows with a score.</summary>
    public double Scored;

    /// <summary>Σ weight · score.</summary>
    public double Score;

    /// <summary>The weight of positive and negative rows with a score.</summary>
    public double Ranked;

    /// <summary>Σ weight · squared distance of score and label.</summary>
    public double Brier;

    /// <summary>Σ weight · logarithmic loss.</summary>
    public double Loss;

    /// <summary>The area under the ROC curve; NaN where a class is missing.</summary>
    public double Area;

    /// <summary>Adds another group's rows; the area is not carried over.</summary>
    public void Add(in ScoreSums other)
    {
        for (int cell = 0; cell < BinaryFigures.Cells; cell++)
        {
            Cells[cell] += other.Cells[cell];
        }

        (Scored, Score, Ranked) = (Scored + other.Scored, Score + other.Score, Ranked + other.Ranked);
        (Brier, Loss) = (Brier + other.Brier, Loss + other.Loss);
    }

    /// <summary>Writes the figures: those of the table, then, where there is room, of the score, then of its losses.</summary>
    public readonly void Write(bool favourableIsPositive, Span<double> figures)
    {
        int table = BinaryFigures.All.Count;
        BinaryFigures.FromCells(Cells, favourableIsPositive, figures[..table]);
        if (figures.Length > table)
        {
            figures[table] = Scored > 0 ? Score / Scored : double.NaN;
            figures[table + 1] = Area;
        }

        if (figures.Length > table + 2)
        {
            figures[table + 2] = Ranked > 0 ? Brier / Ranked : double.NaN;
            figures[table + 3] = Ranked > 0 ? Loss / Ranked : double.NaN;
        }
    }
}

/// <summary>Six weights, one a cell of <see cref="BinaryFigures.FromCells"/>.</summary>
[System.Runtime.CompilerServices.InlineArray(BinaryFigures.Cells)]
internal struct OutcomeWeights
{
    private double first;
}
