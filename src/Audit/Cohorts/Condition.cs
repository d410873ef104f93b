using Governance.Audit.Data;

namespace Governance.Audit.Cohorts;

/// <summary>A node of a cohort's condition.</summary>
internal abstract record Condition
{
    /// <summary>The columns that it looks at.</summary>
    public abstract IEnumerable<string> Columns { get; }

    /// <summary>For each row whether it holds.</summary>
    public abstract bool[] Evaluate(Table table);

    /// <summary>Both or either of two conditions.</summary>
    internal sealed record Pair(bool IsAnd, Condition Left, Condition Right) : Condition
    {
        public override IEnumerable<string> Columns => Left.Columns.Concat(Right.Columns);

        public override bool[] Evaluate(Table table)
        {
            bool[] left = Left.Evaluate(table);
            bool[] right = Right.Evaluate(table);
            for (int row = 0; row < left.Length; row++)
            {
                left[row] = IsAnd ? left[row] && right[row] : left[row] || right[row];
            }

            return left;
        }
    }

    /// <summary>Where another does not hold.</summary>
    internal sealed record Not(Condition Inner) : Condition
    {
        public override IEnumerable<string> Columns => Inner.Columns;

        public override bool[] Evaluate(Table table) => Array.ConvertAll(Inner.Evaluate(table), held => !held);
    }

    /// <summary>Whether the cell is empty.</summary>
    internal sealed record Missing(string Column) : Condition
    {
        public override IEnumerable<string> Columns => [Column];

        public override bool[] Evaluate(Table table)
        {
            Column column = table.Need(Column);
            bool[] holds = new bool[table.Rows];
            for (int row = 0; row < holds.Length; row++)
            {
                holds[row] = column.IsMissing(row);
            }

            return holds;
        }
    }

    /// <summary>Whether the cell is one of several values.</summary>
    internal sealed record OneOf(string Column, IReadOnlyList<CohortValue> Values) : Condition
    {
        public override IEnumerable<string> Columns => [Column];

        public override bool[] Evaluate(Table table)
        {
            Column column = table.Need(Column);
            bool[] holds = new bool[table.Rows];
            if (column is NumberColumn numbers)
            {
                HashSet<double> wanted = [.. Values.Select(value => value.Number).OfType<double>()];
                for (int row = 0; row < holds.Length; row++)
                {
                    holds[row] = wanted.Contains(numbers.Values[row]);
                }

                return holds;
            }

            TextColumn texts = (TextColumn)column;
            bool[] levels = [.. texts.Levels.Select(level => Values.Any(value => value.Fits(level)))];
            for (int row = 0; row < holds.Length; row++)
            {
                holds[row] = texts.Codes[row] >= 0 && levels[texts.Codes[row]];
            }

            return holds;
        }
    }

    /// <summary>Whether the cell lies on one side of a value.</summary>
    internal sealed record Compare(string Column, string Sign, CohortValue Value) : Condition
    {
        public override IEnumerable<string> Columns => [Column];

        public override bool[] Evaluate(Table table)
        {
            Column column = table.Need(Column);
            bool byNumber = !Value.IsQuoted || column is NumberColumn;
            if (byNumber && (Value.Number is null || column is TextColumn))
            {
                throw new InputException(Value.Number is null
                    ? $"The column '{Column}' holds numbers; '{Value.Text}' is none."
                    : $"The column '{Column}' holds text, so it cannot be compared with the number {Value.Text}.") { Column = Column };
            }

            bool[] holds = new bool[table.Rows];
            for (int row = 0; row < holds.Length; row++)
            {
                holds[row] = !column.IsMissing(row)
                    && Holds(byNumber ? column.Number(row).CompareTo(Value.Number!.Value) : string.CompareOrdinal(column.Text(row), Value.Text));
            }

            return holds;
        }

        private bool Holds(int order) => Sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
