# Makes the data and expected.json of this folder with R's survey: Rscript make.R (in this folder; packages survey, jsonlite).
library(survey)
library(jsonlite)
options(digits = 17, survey.lonely.psu = "fail")
set.seed(20261129)

# A frame of firms: employees and revenue skew, one in eight closed, which only fieldwork finds out.
industry <- rep(c("C", "G", "I"), c(170, 130, 90))
size <- unlist(lapply(c(170, 130, 90), function(k) rep(c("small", "medium", "large"), c(k - 50, 38, 12))))
n <- length(industry)
low <- c(small = 10, medium = 100, large = 300)[size]
employees <- unname(floor(low * exp(runif(n, 0, 1))))
revenue <- round(employees * exp(rnorm(n, 4, 0.6)), 2)
frame <- data.frame(id = sprintf("f%03d", seq_len(n)), h = paste(industry, size, sep = "-"), industry, size, employees, revenue)
take <- c("C-small" = 14, "C-medium" = 9, "C-large" = 12, "G-small" = 12, "G-medium" = 8, "G-large" = 7,
          "I-small" = 9, "I-medium" = 8, "I-large" = 5)
drawn <- sort(unlist(lapply(names(take), function(h) sample(which(frame$h == h), take[[h]]))))
sample <- frame[drawn, ]
sample$N <- as.vector(table(frame$h)[sample$h])
sample$w <- sample$N / take[sample$h]
sample$scope <- ifelse(runif(nrow(sample)) < 0.125 & sample$h != "C-large", "out", "in")
cost <- round(sample$revenue * exp(rnorm(nrow(sample), -3, 0.7)), 2)
mark <- as.integer(runif(nrow(sample)) < 0.4)
sample$cost <- ifelse(sample$scope == "in" & runif(nrow(sample)) < 0.85, cost, NA)
sample$mark <- ifelse(sample$scope == "in" & runif(nrow(sample)) < 0.9, mark, NA)
# Of those in scope some refuse altogether, no large one of C: the respondents of a class stand for all its firms.
sample$responds <- as.integer(sample$h == "C-large" | runif(nrow(sample)) < 0.8)
full <- sample$responds == 1
sample$wr <- ifelse(full, sample$N / ave(sample$responds, sample$h, FUN = sum), NA)
write.csv(frame, "frame.csv", row.names = FALSE, quote = FALSE)
write.csv(sample, "sample.csv", row.names = FALSE, quote = FALSE, na = "")
stopifnot(all(tapply(sample$scope == "in" & full, sample$h, sum) >= 2))

frame_totals <- c(nrow(frame), colSums(model.matrix(~ industry + size + employees + revenue, frame))[-1])
names(frame_totals)[1] <- "(Intercept)"
design <- function(data, weight) svydesign(~1, strata = ~h, weights = data[[weight]], fpc = ~N, data = data)
calibrated <- function(d) calibrate(d, ~ industry + size + employees + revenue, frame_totals, calfun = "linear",
                                    bounds = c(0.3, 3), epsilon = 1e-13, maxit = 200)
answered <- sample[full, ]
designs <- list("all drawn" = design(sample, "w"), "respondents" = design(answered, "wr"))
designs[["all drawn, calibrated"]] <- calibrated(designs[["all drawn"]])
designs[["respondents, calibrated"]] <- calibrated(designs[["respondents"]])

# Firms taken with certainty, none missing, keep weight 1: no auxiliaries, and what they bring is off the totals.
held <- function(d, weight) {
  closed <- d$variables$h == "C-large"
  x <- model.matrix(~ industry + size + employees + revenue, d$variables) * !closed
  colnames(x) <- c("one", "g", "i", "m", "s", "staff", "money")
  d <- do.call(update, c(list(d), as.data.frame(x)))
  kept <- colSums(model.matrix(~ industry + size + employees + revenue, d$variables)[closed, ])
  totals <- frame_totals - kept
  names(totals) <- colnames(x)
  lower <- pmin(pmax(0.3, 1 / weights(d)), 1)  # no firm stands for less than itself
  calibrate(d, ~ one + g + i + m + s + staff + money - 1, totals, calfun = "linear",
            bounds = list(lower = lower, upper = rep(3, length(lower))), epsilon = 1e-13, maxit = 500)
}
designs[["all drawn, production"]] <- held(designs[["all drawn"]], "w")
designs[["respondents, production"]] <- held(designs[["respondents"]], "wr")

# The error that weights calibrated by a survey have: squares of residuals count 1/(1 - h)^2 times, h at most 0.9 and of
# what differs within the stratum.
with_leverage <- function(d, base, z) {
  x <- as.matrix(d$variables[, c("one", "g", "i", "m", "s", "staff", "money")])
  x[d$variables$h == "C-large", ] <- 0
  x <- sweep(x, 2, apply(x, 2, max), "/")
  inverse <- solve(crossprod(x * sqrt(base)))
  u <- weights(d) * (z - as.vector(x %*% (inverse %*% crossprod(x, base * z))))
  means <- apply(x, 2, function(column) ave(base * column, d$variables$h, FUN = sum) / ave(base, d$variables$h, FUN = sum))
  h <- base * rowSums(((x - means) %*% inverse) * (x - means))
  n_h <- d$fpc$sampsize[, 1]
  f <- 1 - n_h / d$fpc$popsize[, 1]
  own <- u - ave(u, d$variables$h)
  sqrt(sum(f * n_h / (n_h - 1) * (own^2 + u^2 * (1 / pmax(1 - h, 0.1)^2 - 1))))
}

cases <- list()
add <- function(name, estimator, variable, domain, level = NULL, p = NULL) {
  d <- designs[[name]]
  data <- d$variables
  inside <- Reduce(`&`, Map(function(k, v) data[[k]] == v, names(domain), domain), rep(TRUE, nrow(data)))
  parts <- strsplit(variable, "/")[[1]]
  given <- inside & Reduce(`&`, lapply(parts, function(v) !is.na(data[[v]])))
  d$variables$y <- if (is.null(level)) data[[parts[1]]] else as.numeric(data[[variable]] == level)
  d$variables$b <- if (length(parts) == 2) data[[parts[2]]] else 1
  d$variables$y <- ifelse(given, d$variables$y, 0)  # rows of a calibrated design stay in a subset, with weight 0
  part <- subset(d, given)
  found <- switch(estimator, mean = svymean(~y, part), proportion = svymean(~y, part), total = svytotal(~y, part),
                  count_total = svytotal(~y, part), ratio = svyratio(~y, ~b, part))
  estimate <- unname(coef(found))
  df <- nrow(data) - length(unique(data$h))
  extra <- list(df_domain = sum(given) - length(unique(data$h[given])))
  if (grepl("production", name)) {
    y <- ifelse(given, d$variables$y, 0)
    b <- ifelse(given, d$variables$b, 0)
    z <- if (estimator %in% c("total", "count_total")) y else (y - estimate * b) / sum(weights(d) * b)
    base <- data[[if (grepl("all drawn", name)) "w" else "wr"]]
    extra$se_production <- with_leverage(d, base, z)
  }
  se <- unname(SE(found))[1]
  reach <- qt(0.975, df) * se
  cases[[length(cases) + 1]] <<- list(
    id = sprintf("p%03d", length(cases) + 1), estimator = estimator, design = name, variable = variable, level = level,
    domain = if (length(domain)) domain else NULL, estimate = estimate, se = se, cv = se / abs(estimate),
    ci_low = estimate - reach, ci_high = estimate + reach, df = df, n_unweighted = sum(given),
    tolerance = list(estimate = 1e-8, se = 1e-7, ci = 1e-7), extra = extra, compare_extra = list("df_domain"))
}
for (name in names(designs)) {
  domains <- list(list(), list(industry = "C"), list(industry = "G"), list(size = "large"),
                  list(industry = "I", size = "small"))
  for (domain in domains) {
    scope <- c(domain, list(scope = "in"))
    add(name, "mean", "cost", scope)
    add(name, "total", "cost", scope)
    add(name, "ratio", "cost/revenue", scope)
    add(name, "proportion", "mark", scope, level = "1")
    add(name, "count_total", "scope", domain, level = "in")
  }
}

spec <- function(weight, where = NULL, calibration = NULL) list(spec = list(
  data = "sample.csv", where = where, stratum = "h", weight = weight, population = "N", unit = NULL, lonely = "fail",
  domain_lonely = FALSE, calibration = calibration))
linear <- list(method = "linear", frame = "frame.csv", categorical = c("industry", "size"),
               numeric = c("employees", "revenue"), bounds = c(0.3, 3))
file <- function(s) { s$expected_weights <- list(file = "calibrated_weights.csv", key = "id", tolerance = 1e-8); s }
specs <- list("all drawn" = spec("w"), "respondents" = spec("wr", list(responds = "1")),
              "all drawn, calibrated" = file(spec("w", NULL, linear)),
              "respondents, calibrated" = file(spec("wr", list(responds = "1"), linear)))
table <- do.call(rbind, lapply(grep(",", names(designs), value = TRUE), function(k)
  data.frame(design = k, id = designs[[k]]$variables$id, weight = sprintf("%.15g", weights(designs[[k]])))))
write.csv(table, "calibrated_weights.csv", row.names = FALSE)
made <- paste(R.version.string, "survey", packageVersion("survey"))
own <- vapply(cases, function(one) grepl("production", one$design), TRUE)
save_json <- function(content, path) write_json(content, path, auto_unbox = TRUE, digits = I(15), null = "null", pretty = 1)
save_json(list(schema = 1, made_with = made, designs = specs, n_cases = sum(!own), cases = cases[!own]), "expected.json")
save_json(list(made_with = made, cases = cases), "production.json")
