namespace Governance.Registry.Accounts;

/// <summary>How many guesses a password withstands, by the shortest way to describe it.</summary>
/// <remarks>
/// A guesser tries words, names, years, rows of keys and repetitions before anything else. The password is cut into such
/// pieces and single characters so that the sum of their bits is smallest (dynamic programming over the positions); that
/// sum bounds from above what a guesser has to try who knows these lists. Idea as in Wheeler, "zxcvbn: Low-Budget
/// Password Strength Estimation", USENIX Security 2016, §4; lists and costs are our own. O(n · m · w) for n characters,
/// pieces of at most m and w words; passwords are cut at 128 characters, longer ones are strong enough unless repeated.
/// </remarks>
public static class PasswordStrength
{
    private const int LongestLooked = 128;
    private const double LetterBits = 4.7; // log2 26
    private const double DigitBits = 3.33; // log2 10
    private const double OtherBits = 6; // a capital, a sign or a letter of another script
    private const double NewPieceBits = 1; // that a piece ends here and another kind begins
    private const double NameBits = 2; // the guesser tries the person's own names first

    /// <summary>The bits of the cheapest description; 0 for an empty password.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="names">Names of the person; parts of three letters and more count.</param>
    public static double BitsOf(string password, params IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(password);
        string text = password.Length > LongestLooked ? password[..LongestLooked] : password;
        string plain = Plain(text);
        HashSet<string> own = [.. names.OfType<string>()
            .SelectMany(name => name.Split([' ', '.', '-', '_', '@', '+'], StringSplitOptions.RemoveEmptyEntries).Append(name))
            .Select(Plain).Where(part => part.Length >= 3)];

        double[] best = new double[text.Length + 1];
        for (int end = 1; end <= text.Length; end++)
        {
            best[end] = best[end - 1] + BitsOf(text[end - 1]);
            for (int start = Math.Max(0, end - LongestPiece(own)); start <= end - 2; start++)
            {
                double bits = PieceBits(text, plain, start, end, own);
                best[end] = Math.Min(best[end], best[start] + bits + NewPieceBits);
            }

            best[end] = Math.Min(best[end], Repeated(plain, best, end));
        }

        return best[^1];
    }

    private static int LongestPiece(HashSet<string> own) =>
        Math.Max(CommonWords.Longest, own.Count == 0 ? 0 : own.Max(name => name.Length));

    // The cheapest way in which text[start..end] is one piece: a word, a name, a date, a row of keys.
    private static double PieceBits(string text, string plain, int start, int end, HashSet<string> own)
    {
        string piece = plain[start..end];
        double disguise = Disguise(text.AsSpan(start, end - start));
        double bits = double.PositiveInfinity;
        if (own.Contains(piece))
        {
            bits = NameBits + disguise;
        }

        if (CommonWords.RankOf(piece) is int rank)
        {
            bits = Math.Min(bits, Math.Log2(rank + 2) + disguise);
        }

        if (KeyboardWalk.Is(piece))
        {
            bits = Math.Min(bits, 5 + Math.Log2(piece.Length) + disguise); // 32 starts and ways, and how far
        }

        string raw = text[start..end];
        return raw.Length is 4 or 2 && IsYear(raw) ? Math.Min(bits, 4) : bits;
    }

    // The end of the text repeats what stands before it: only how often has to be guessed.
    private static double Repeated(string plain, double[] best, int end)
    {
        double bits = double.PositiveInfinity;
        for (int unit = 1; unit <= end / 2; unit++)
        {
            int times = 1;
            while ((times + 1) * unit <= end
                && plain.AsSpan(end - (times + 1) * unit, unit).SequenceEqual(plain.AsSpan(end - unit, unit)))
            {
                times++;
            }

            // Three times for one character: "ee" is no repetition worth a rule.
            if (times >= (unit == 1 ? 3 : 2))
            {
                bits = Math.Min(bits, best[end - (times - 1) * unit] + Math.Log2(times) + NewPieceBits);
            }
        }

        return bits;
    }

    private static double BitsOf(char letter) => letter is >= 'a' and <= 'z' ? LetterBits
        : char.IsAsciiDigit(letter) ? DigitBits
        : OtherBits;

    private static bool IsYear(string digits) => digits.All(char.IsAsciiDigit)
        && (digits.Length == 2 || digits.StartsWith("19", StringComparison.Ordinal) || digits.StartsWith("20", StringComparison.Ordinal));

    // One bit for capitals in the usual places (first, or all), one for signs in place of letters, more for other capitals.
    private static double Disguise(ReadOnlySpan<char> raw)
    {
        int capitals = 0, signs = 0, letters = 0;
        foreach (char letter in raw)
        {
            capitals += char.IsUpper(letter) ? 1 : 0;
            signs += Plain(letter) != char.ToLowerInvariant(letter) ? 1 : 0;
            letters += char.IsLetter(letter) ? 1 : 0;
        }

        bool usual = capitals == 0 || capitals == letters || (capitals == 1 && char.IsUpper(raw[0]));
        return (capitals == 0 ? 0 : usual ? 1 : capitals + 1) + (signs == 0 ? 0 : 2);
    }

    private static string Plain(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (int i = 0; i < from.Length; i++)
        {
            into[i] = Plain(from[i]);
        }
    });

    // What signs stand for in the disguises that every guesser knows.
    private static char Plain(char letter) => letter switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => char.ToLowerInvariant(letter),
    };
}
